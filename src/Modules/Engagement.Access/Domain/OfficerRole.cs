using Engagement.Kernel;
using Engagement.Platform.Security;

namespace Engagement.Access.Domain;

/// <summary>What an officer does, and so what they may do.</summary>
internal sealed record OfficerRole(string Code, IReadOnlyList<string> Scopes)
{
    private static readonly IReadOnlyList<OfficerRole> All =
    [
        new("officer", ["engagements:read", "engagements:write", "consultations:read", "consultations:write", "participation:read", "participation:write", "outcomes:read", "outcomes:write"]),
        new("approver", ["engagements:read", "engagements:approve", "consultations:read", "consultations:approve", "participation:read", "outcomes:read", "outcomes:approve"]),
        new("analyst", ["engagements:read", "consultations:read", "participation:read", "outcomes:read", "outcomes:write"]),
        new("moderator", ["consultations:read", "participation:read", "participation:write", "outcomes:read", "outcomes:approve"]),
        new("member", ["engagements:read", "consultations:read", "outcomes:read"]),
        new("auditor", ["engagements:read", "consultations:read", "participation:read", "outcomes:read", "administration:read"]),
        new("administrator", Engagement.Platform.Security.Scopes.All),
    ];

    public static IEnumerable<string> Codes => All.Select(r => r.Code);

    /// <exception cref="RuleBrokenException"><c>unknown-role</c>.</exception>
    public static OfficerRole Of(string code) => All.FirstOrDefault(r => r.Code == code)
        ?? throw new RuleBrokenException("unknown-role", $"There is no role '{code}'. The roles are {string.Join(", ", Codes)}.");
}
