using Engagement.Access.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Teams;

/// <summary>Makes a team part of another one: its officers' roles go over at once, its engagements follow within moments. The history stays.</summary>
[RequiresScope("administration:write")]
public sealed record MergeTeam(TeamId Id, TeamId? Into, string? Reason) : ICommand<Unit>;

internal sealed class MergeTeamValidator : AbstractValidator<MergeTeam>
{
    public MergeTeamValidator()
    {
        RuleFor(c => c.Into).NotNull().WithMessage("Choose the team that it becomes part of");
        RuleFor(c => c.Reason).Reason("Enter why the team is merged");
    }
}

internal sealed class MergeTeamHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<MergeTeam, Unit>
{
    public async Task<Unit> Handle(MergeTeam request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var team = await db.Teams.Get(request.Id, cancellationToken);
        var successor = await db.Teams.Get(request.Into!.Value, cancellationToken);
        team.MergeInto(successor, request.Reason!, now);
        foreach (var officer in await db.Officers.Where(o => o.Assignments.Any(a => a.TeamId == request.Id)).ToListAsync(cancellationToken))
        {
            officer.FollowTeam(team.Id, successor.Id, now);
        }

        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
