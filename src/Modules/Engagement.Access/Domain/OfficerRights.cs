namespace Engagement.Access.Domain;

/// <summary>What an officer may do, and where: worked out from the roles on every request.</summary>
internal sealed record OfficerRights(IReadOnlySet<string> Everywhere, IReadOnlySet<string> Somewhere)
{
    public static readonly OfficerRights None = new(new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));

    /// <summary>What every officer with any role may read in the whole council: who plans, asks or decides something must see what others do.</summary>
    private static readonly string[] ReadByEverybody = ["engagements:read", "consultations:read", "outcomes:read"];

    public static OfficerRights Of(IReadOnlyCollection<string> roles) => roles.Count == 0 ? None
        : None with { Everywhere = roles.SelectMany(r => OfficerRole.Of(r).Scopes).Concat(ReadByEverybody).ToHashSet(StringComparer.Ordinal) };
}
