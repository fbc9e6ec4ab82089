using Engagement.Access.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Access.Application.Account;

/// <summary>Ten new recovery codes; the old ones work no more.</summary>
[RequiresOfficer]
public sealed record ReplaceRecoveryCodes(string? Password) : ICommand<IReadOnlyList<string>>;

internal sealed class ReplaceRecoveryCodesValidator : AbstractValidator<ReplaceRecoveryCodes>
{
    public ReplaceRecoveryCodesValidator() => RuleFor(c => c.Password).NotEmpty().WithMessage("Enter your password");
}

internal sealed class ReplaceRecoveryCodesHandler(IAccessDb db, OwnAccount own, TimeProvider clock) : IRequestHandler<ReplaceRecoveryCodes, IReadOnlyList<string>>
{
    public async Task<IReadOnlyList<string>> Handle(ReplaceRecoveryCodes request, CancellationToken cancellationToken)
    {
        var officer = await own.Load(cancellationToken);
        await own.CheckPassword(officer, request.Password!, nameof(request.Password), cancellationToken);
        var codes = RecoveryCodes.New();
        officer.ReplaceRecoveryCodes(codes, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return codes;
    }
}
