using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Engagements.Contracts;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application;

/// <summary>A role to be given: everywhere unless a team or an engagement is named.</summary>
public sealed record RoleGiven(string Role, TeamId? Team = null, EngagementId? Engagement = null);

/// <summary>A role that an officer has.</summary>
/// <param name="Place">In words: <c>everywhere</c>, the team's name, or the engagement's reference.</param>
public sealed record RoleHeld(string Role, TeamId? Team, EngagementId? Engagement, string Place)
{
    public const string Everywhere = "everywhere";
}

/// <summary>From the ids of places to their names, and from what a form says to assignments.</summary>
internal static class Places
{
    /// <exception cref="ValidationException">A team is closed or none, an engagement is not there.</exception>
    public static async Task<IReadOnlyList<Assignment>> ToAssignments(this IReadOnlyList<RoleGiven> roles, IAccessDb db, IMediator mediator, CancellationToken cancellationToken)
    {
        var teams = roles.Select(r => r.Team).OfType<TeamId>().Distinct().ToList();
        if (teams.Count > 0 && await db.Teams.CountAsync(t => teams.Contains(t.Id) && t.ClosedAt == null, cancellationToken) < teams.Count)
        {
            throw Wrong("Choose a team that is there and open");
        }

        foreach (var engagement in roles.Select(r => r.Engagement).OfType<EngagementId>().Distinct())
        {
            if (await mediator.Send(new FindTeamsOfEngagement(engagement), cancellationToken) is null)
            {
                throw Wrong("Choose an engagement that is there");
            }
        }

        return [.. roles.Select(r => Assignment.Of(r.Role, r.Team, r.Engagement))];
    }

    public static async Task<IReadOnlyList<RoleHeld>> Describe(IReadOnlyList<Assignment> assignments, IAccessDb db, IMediator mediator, CancellationToken cancellationToken)
    {
        var ids = assignments.Select(a => a.TeamId).OfType<TeamId>().Distinct().ToList();
        var teams = ids.Count == 0 ? [] : await db.Teams.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
        var engagements = new Dictionary<EngagementId, string>();
        foreach (var engagement in assignments.Select(a => a.EngagementId).OfType<EngagementId>().Distinct())
        {
            engagements[engagement] = await mediator.Send(new FindEngagement(engagement), cancellationToken) is { } facts ? $"{facts.Reference} {facts.Title}" : "an engagement that is not there";
        }

        return
        [
            .. assignments
                .Select(a => new RoleHeld(
                    a.Role, a.TeamId, a.EngagementId,
                    a.TeamId is { } team ? teams.GetValueOrDefault(team, "a team that is not there") : a.EngagementId is { } engagement ? engagements[engagement] : RoleHeld.Everywhere))
                .OrderBy(r => r.Place == RoleHeld.Everywhere ? 0 : 1).ThenBy(r => r.Place, StringComparer.Ordinal).ThenBy(r => r.Role, StringComparer.Ordinal),
        ];
    }

    private static ValidationException Wrong(string message) => new([new ValidationFailure("Roles", message)]);
}
