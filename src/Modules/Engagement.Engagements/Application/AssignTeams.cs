using Engagement.Access.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>Gives the engagement to these teams and to no other. Whoever holds the right in its teams only keeps it in one of theirs.</summary>
/// <param name="Expected">The version that the sender read; null where they need not have read one.</param>
[RequiresScope("engagements:write")]
public sealed record AssignTeams(EngagementId Id, IReadOnlyList<TeamId> Teams, int? Expected = null) : ICommand<EngagementChanged>;

internal sealed class AssignTeamsHandler(IEngagementsDb db, IMediator mediator, ICurrentActor current, TimeProvider clock) : IRequestHandler<AssignTeams, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(AssignTeams request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.MustBeAt(request.Expected);
        await TeamsOfEngagements.MustBeOpen(request.Teams.Except(engagement.Teams), mediator, cancellationToken);
        if (!current.Has(TeamsOfEngagements.Scope) && !current.EngagementsWith(TeamsOfEngagements.Scope).Contains(request.Id.Value)
            && !current.TeamsWith(TeamsOfEngagements.Scope).Overlaps(request.Teams.Select(t => t.Value)))
        {
            throw new RuleBrokenException("keep-a-team-of-yours", "The engagement must stay with one of your teams, or you could not change it any more. Ask an administrator to give it away.");
        }

        engagement.GiveTo(request.Teams, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}

internal static class TeamsOfEngagements
{
    public const string Scope = "engagements:write";

    /// <summary>The teams of a new engagement: those that its creator chose, otherwise the one team in which they may create it.</summary>
    /// <exception cref="ValidationException">They chose a team in which they may not, or chose none where several would do.</exception>
    public static IReadOnlyList<TeamId> OfNew(IReadOnlyList<TeamId>? chosen, ICurrentActor creator)
    {
        if (creator.Has(Scope))
        {
            return chosen ?? [];
        }

        var own = creator.TeamsWith(Scope);
        if (chosen is null or [])
        {
            return own.Count == 1 ? [new TeamId(own.Single())] : throw Wrong("Choose the team that the engagement belongs to");
        }

        return chosen.Any(t => own.Contains(t.Value)) ? chosen : throw Wrong("Choose one of your own teams: you could not change the engagement otherwise");
    }

    /// <exception cref="ValidationException">One of them is closed or is none.</exception>
    public static async Task MustBeOpen(IEnumerable<TeamId> teams, IMediator mediator, CancellationToken cancellationToken)
    {
        var asked = teams.ToHashSet();
        if (asked.Count > 0 && (await mediator.Send(new FindTeams(asked), cancellationToken)).Count(t => t.IsOpen) < asked.Count)
        {
            throw Wrong("Choose teams that are there and open");
        }
    }

    private static ValidationException Wrong(string message) => new([new ValidationFailure("Teams", message)]);
}

/// <summary>Answers whose right counts for an engagement.</summary>
internal sealed class FindTeamsOfEngagementHandler(IEngagementsDb db) : IRequestHandler<FindTeamsOfEngagement, IReadOnlyList<TeamId>?>
{
    public async Task<IReadOnlyList<TeamId>?> Handle(FindTeamsOfEngagement request, CancellationToken cancellationToken)
    {
        var ids = await db.Engagements.Where(e => e.Id == request.Id).Select(e => e.TeamIds).SingleOrDefaultAsync(cancellationToken);
        return ids is null ? null : [.. ids.Select(id => new TeamId(id))];
    }
}
