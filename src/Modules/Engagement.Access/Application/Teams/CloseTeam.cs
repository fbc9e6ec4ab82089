using Engagement.Access.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Teams;

/// <summary>Ends a team in which nobody has a role any more. Its engagements keep it in their history; nothing new is given to it.</summary>
[RequiresScope("administration:write")]
public sealed record CloseTeam(TeamId Id, string? Reason) : ICommand<Unit>;

internal sealed class CloseTeamValidator : AbstractValidator<CloseTeam>
{
    public CloseTeamValidator() => RuleFor(c => c.Reason).Reason("Enter why the team is closed");
}

internal sealed class CloseTeamHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<CloseTeam, Unit>
{
    public async Task<Unit> Handle(CloseTeam request, CancellationToken cancellationToken)
    {
        var team = await db.Teams.Get(request.Id, cancellationToken);
        var officers = await db.Officers.CountAsync(o => o.Assignments.Any(a => a.TeamId == request.Id), cancellationToken);
        team.Close(officers, request.Reason!, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
