using Engagement.Access.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Officers;

/// <summary>Gives an officer these roles in place of all that they had. It counts from their next request on.</summary>
/// <param name="Expected">The version that the sender read; null where they need not have read one.</param>
[RequiresScope("administration:write")]
public sealed record AssignRoles(OfficerId Id, IReadOnlyList<RoleGiven> Roles, int? Expected = null) : ICommand<Unit>;

internal sealed class AssignRolesHandler(IAccessDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<AssignRoles, Unit>
{
    public async Task<Unit> Handle(AssignRoles request, CancellationToken cancellationToken)
    {
        await using var turn = await db.TakeAdministratorsInTurn(cancellationToken);
        var officer = await db.Officers.Get(request.Id, cancellationToken);
        officer.MustBeAt(request.Expected);
        var assignments = await request.Roles.ToAssignments(db, mediator, cancellationToken);
        if (!assignments.Any(a => a.Role == "administrator"))
        {
            await LastAdministrator.MustNotBe(officer, db, cancellationToken);
        }

        officer.Assign(assignments, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
