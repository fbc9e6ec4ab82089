using Engagement.Access.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Access.Application.Officers;

/// <summary>Ends every session of an officer, and lets them sign in no more.</summary>
[RequiresScope("administration:write")]
public sealed record DisableOfficer(OfficerId Id, string? Reason) : ICommand<Unit>;

internal sealed class DisableOfficerValidator : AbstractValidator<DisableOfficer>
{
    public DisableOfficerValidator() => RuleFor(c => c.Reason).Reason("Enter why the account is disabled");
}

internal sealed class DisableOfficerHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<DisableOfficer, Unit>
{
    public async Task<Unit> Handle(DisableOfficer request, CancellationToken cancellationToken)
    {
        await using var turn = await db.TakeAdministratorsInTurn(cancellationToken);
        var officer = await db.Officers.Get(request.Id, cancellationToken);
        await LastAdministrator.MustNotBe(officer, db, cancellationToken);
        officer.Disable(request.Reason!, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
