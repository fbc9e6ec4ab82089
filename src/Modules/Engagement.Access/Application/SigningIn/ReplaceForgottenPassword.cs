using Engagement.Access.Domain;
using Engagement.Kernel;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.SigningIn;

/// <summary>
/// Replaces a forgotten password by the link that was sent. The answer is what makes the browser known, so that whoever is kept out by
/// somebody else's wrong tries gets in; null when the link works no more: used, too old, or none of ours.
/// </summary>
[AllowsAnyone]
public sealed record ReplaceForgottenPassword(string Token, string? NewPassword) : ICommand<string?>;

internal sealed class ReplaceForgottenPasswordValidator : AbstractValidator<ReplaceForgottenPassword>
{
    public ReplaceForgottenPasswordValidator() => RuleFor(c => c.NewPassword).NotEmpty().WithMessage("Enter a new password");
}

internal sealed class ReplaceForgottenPasswordHandler(IAccessDb db, NewPasswords passwords, KnownDevices devices, CurrentActor current, TimeProvider clock) : IRequestHandler<ReplaceForgottenPassword, string?>
{
    public async Task<string?> Handle(ReplaceForgottenPassword request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hash = Officer.HashOfResetToken(request.Token);
        var officer = await db.Officers.SingleOrDefaultAsync(o => o.ResetTokenHash == hash, cancellationToken);
        if (officer?.CanBeResetBy(request.Token, now) != true)
        {
            return null;
        }

        current.Become(new Actor(ActorKind.Officer, officer.Id.ToString()), current.RequestId);
        officer.ChangePassword(passwords.Hash(officer, request.NewPassword!), now);
        await db.SaveChangesAsync(cancellationToken);
        return devices.New(officer.Id);
    }
}

/// <summary>Says whether the link of a forgotten password still works, before somebody thinks of a new one.</summary>
[AllowsAnyone]
public sealed record IsResetLinkGood(string Token) : IQuery<bool>;

internal sealed class IsResetLinkGoodHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<IsResetLinkGood, bool>
{
    public async Task<bool> Handle(IsResetLinkGood request, CancellationToken cancellationToken)
    {
        var hash = Officer.HashOfResetToken(request.Token);
        var officer = await db.Officers.AsNoTracking().SingleOrDefaultAsync(o => o.ResetTokenHash == hash, cancellationToken);
        return officer?.CanBeResetBy(request.Token, clock.GetUtcNow()) == true;
    }
}
