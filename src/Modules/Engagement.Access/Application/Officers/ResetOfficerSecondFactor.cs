using Engagement.Access.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Access.Application.Officers;

/// <summary>Removes the second factor of somebody who has lost app and codes. Every session of the officer ends.</summary>
/// <param name="Reason">How the administrator made sure that it was the officer who asked.</param>
[RequiresScope("administration:write")]
public sealed record ResetOfficerSecondFactor(OfficerId Id, string? Reason) : ICommand<Unit>;

internal sealed class ResetOfficerSecondFactorValidator : AbstractValidator<ResetOfficerSecondFactor>
{
    public ResetOfficerSecondFactorValidator() => RuleFor(c => c.Reason).Reason("Enter how you made sure that it is the officer who asks");
}

internal sealed class ResetOfficerSecondFactorHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<ResetOfficerSecondFactor, Unit>
{
    public async Task<Unit> Handle(ResetOfficerSecondFactor request, CancellationToken cancellationToken)
    {
        (await db.Officers.Get(request.Id, cancellationToken)).ResetSecondFactor(request.Reason!, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
