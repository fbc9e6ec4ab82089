using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Officers;

/// <summary>Officers by name.</summary>
/// <param name="Search">A part of the name or the e-mail address; null or empty for all.</param>
/// <param name="Role">Held anywhere; null for any.</param>
/// <param name="Team">Null for any.</param>
/// <param name="Disabled">True for the accounts that are switched off, false for those that are not, null for both.</param>
/// <param name="Page">Counts from 1.</param>
[RequiresScope("administration:read")]
public sealed record ListOfficers(string? Search = null, string? Role = null, TeamId? Team = null, bool? Disabled = false, int Page = 1) : IQuery<OfficerList>
{
    public const int PageSize = 25;
}

/// <param name="Total">On all pages.</param>
public sealed record OfficerList(IReadOnlyList<OfficerRow> Rows, int Total);

/// <param name="Roles">Each role once, wherever it is held.</param>
/// <param name="LastSeenAt">Null for somebody who has not signed in yet.</param>
public sealed record OfficerRow(OfficerId Id, string Name, string Email, IReadOnlyList<string> Roles, bool HasSecondFactor, bool IsDisabled, DateTimeOffset? LastSeenAt);

internal sealed class ListOfficersHandler(IAccessDb db) : IRequestHandler<ListOfficers, OfficerList>
{
    public async Task<OfficerList> Handle(ListOfficers request, CancellationToken cancellationToken)
    {
        var search = request.Search?.Trim() is { Length: > 0 } text ? $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%" : null;
        var officers = db.Officers.AsNoTracking()
            .Where(o => search == null || EF.Functions.ILike(o.Name, search) || EF.Functions.ILike(o.NormalisedEmail, search))
            .Where(o => request.Role == null || o.Assignments.Any(a => a.Role == request.Role))
            .Where(o => request.Team == null || o.Assignments.Any(a => a.TeamId == request.Team))
            .Where(o => request.Disabled == null || (o.DisabledAt != null) == request.Disabled);
        var total = await officers.CountAsync(cancellationToken);
        var rows = await officers
            .OrderBy(o => o.Name).ThenBy(o => o.Id)
            .Skip((Math.Max(1, request.Page) - 1) * ListOfficers.PageSize)
            .Take(ListOfficers.PageSize)
            .Select(o => new
            {
                o.Id,
                o.Name,
                o.Email,
                Roles = o.Assignments.Select(a => a.Role).ToList(),
                HasSecondFactor = o.SecondFactorSecret != null,
                IsDisabled = o.DisabledAt != null,
                LastSeenAt = db.Sessions.Where(s => s.OfficerId == o.Id && s.SecondFactor != SecondFactorStep.Awaited).Max(s => (DateTimeOffset?)s.LastSeenAt),
            })
            .ToListAsync(cancellationToken);
        return new OfficerList(
            [.. rows.Select(r => new OfficerRow(r.Id, r.Name, r.Email, [.. r.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], r.HasSecondFactor, r.IsDisabled, r.LastSeenAt))],
            total);
    }
}
