using Engagement.Platform.Security;

namespace Engagement.Access.Domain;

/// <summary>What an officer may do, and where: worked out from the assignments on every request.</summary>
internal sealed record OfficerRights(IReadOnlySet<string> Everywhere, IReadOnlyCollection<PlacedScope> InPlaces)
{
    public static readonly OfficerRights None = new(new HashSet<string>(StringComparer.Ordinal), []);

    /// <summary>What every officer with any role may read in the whole council: who plans, asks or decides something must see what others do.</summary>
    private static readonly string[] ReadByEverybody = ["engagements:read", "consultations:read", "outcomes:read"];

    public static OfficerRights Of(IReadOnlyCollection<(string Role, Guid? Team, Guid? Engagement)> assignments)
    {
        if (assignments.Count == 0)
        {
            return None;
        }

        var everywhere = assignments.Where(a => a.Team is null && a.Engagement is null).SelectMany(a => OfficerRole.Of(a.Role).Scopes)
            .Concat(ReadByEverybody)
            .ToHashSet(StringComparer.Ordinal);
        var inPlaces = assignments.Where(a => a.Team is not null || a.Engagement is not null)
            .SelectMany(a => OfficerRole.Of(a.Role).Scopes.Select(s => new PlacedScope(s, a.Team, a.Engagement)))
            .Where(p => !everywhere.Contains(p.Scope))
            .Distinct()
            .ToList();
        return new OfficerRights(everywhere, inPlaces);
    }
}
