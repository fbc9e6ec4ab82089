using Engagement.Access.Domain;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Access.Application.SigningIn;

/// <summary>
/// Sends a link by which a forgotten password is replaced. The answer is the same whether or not the address is anybody's, and
/// nobody's letter box is filled: after three in a row there are pauses.
/// </summary>
[AllowsAnyone]
public sealed record AskForPasswordReset(string? Email) : ICommand<Unit>;

internal sealed class AskForPasswordResetValidator : AbstractValidator<AskForPasswordReset>
{
    public AskForPasswordResetValidator() => RuleFor(c => c.Email)
        .NotEmpty().WithMessage("Enter your e-mail address")
        .EmailAddress().WithMessage("Enter an e-mail address, such as name@example.gov.uk").When(c => !string.IsNullOrEmpty(c.Email), ApplyConditionTo.CurrentValidator);
}

internal sealed class AskForPasswordResetHandler(
    IAccessDb db, SignInTries tries, MasterKey masterKey, CurrentActor current, TimeProvider clock, IOptions<AccessOptions> options)
    : IRequestHandler<AskForPasswordReset, Unit>
{
    private const int Free = 3;

    public async Task<Unit> Handle(AskForPasswordReset request, CancellationToken cancellationToken)
    {
        var email = Officer.Normalise(request.Email!);
        var officer = await db.Officers.SingleOrDefaultAsync(o => o.NormalisedEmail == email && o.DisabledAt == null, cancellationToken);
        if (!await tries.Count([new SignInCounter($"reset/{email}", Free)], cancellationToken) || officer is null)
        {
            return Unit.Value;
        }

        var now = clock.GetUtcNow();
        current.Become(new Actor(ActorKind.Officer, officer.Id.ToString()), current.RequestId);
        var token = officer.OfferReset(now);
        db.Notify(Notification.To(officer.Email, "password-reset", $"password-reset/{Guid.CreateVersion7()}", officer.Id.Value, Compose(token), masterKey, now));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }

    private NotificationContent Compose(string token) => new(
        $"Choose a new password for {options.Value.ServiceName}",
        $"""
        Somebody asked for a new password for your account. If it was you, choose one here within 30 minutes:

        {options.Value.BaseAddress.TrimEnd('/')}/admin/new-password?token={token}

        The link works once. If it was not you, do nothing: your password stays as it is.
        """);
}
