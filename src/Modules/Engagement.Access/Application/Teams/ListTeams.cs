using Engagement.Access.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Teams;

/// <summary>Every team by name, those that are open first.</summary>
[RequiresScope("administration:read")]
public sealed record ListTeams : IQuery<IReadOnlyList<TeamRow>>;

/// <param name="Officers">How many officers have a role in it.</param>
/// <param name="Successor">The name of the team that it became part of; null where it was not merged.</param>
public sealed record TeamRow(TeamId Id, string Name, string Department, int Officers, DateTimeOffset? ClosedAt, string? Successor, int Version);

internal sealed class ListTeamsHandler(IAccessDb db) : IRequestHandler<ListTeams, IReadOnlyList<TeamRow>>
{
    public async Task<IReadOnlyList<TeamRow>> Handle(ListTeams request, CancellationToken cancellationToken) =>
        await db.Teams.AsNoTracking()
            .OrderBy(t => t.ClosedAt != null).ThenBy(t => t.Name).ThenBy(t => t.Id)
            .Select(t => new TeamRow(
                t.Id,
                t.Name,
                t.Department,
                db.Officers.Count(o => o.Assignments.Any(a => a.TeamId == t.Id)),
                t.ClosedAt,
                db.Teams.Where(s => s.Id == t.SuccessorId).Select(s => s.Name).FirstOrDefault(),
                t.Version))
            .ToListAsync(cancellationToken);
}

/// <summary>Answers the other modules and the pages that offer teams.</summary>
internal sealed class FindTeamsHandler(IAccessDb db) : IRequestHandler<FindTeams, IReadOnlyList<TeamFacts>>
{
    public async Task<IReadOnlyList<TeamFacts>> Handle(FindTeams request, CancellationToken cancellationToken) =>
        await db.Teams.AsNoTracking()
            .Where(t => request.Ids == null ? t.ClosedAt == null : request.Ids.Contains(t.Id))
            .OrderBy(t => t.Name).ThenBy(t => t.Id)
            .Select(t => new TeamFacts(t.Id, t.Name, t.Department, t.ClosedAt == null))
            .ToListAsync(cancellationToken);
}
