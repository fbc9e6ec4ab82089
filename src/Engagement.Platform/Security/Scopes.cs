namespace Engagement.Platform.Security;

/// <summary>Everything a client or an officer can be allowed; a right that is not here does not exist.</summary>
public static class Scopes
{
    public static readonly IReadOnlyList<string> All =
    [
        "engagements:read", "engagements:write", "engagements:approve",
        "consultations:read", "consultations:write", "consultations:approve",
        "participation:read", "participation:write",
        "outcomes:read", "outcomes:write", "outcomes:approve",
        "administration:read", "administration:write",
    ];
}
