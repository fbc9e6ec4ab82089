namespace Engagement.Platform.Security;

/// <summary>What the principal of an officer who has signed in carries beside <c>sub</c>, <c>name</c> and, for each right held everywhere, <c>scope</c>.</summary>
public static class OfficerClaims
{
    /// <summary>The authentication scheme of pages; the API never takes it.</summary>
    public const string Scheme = "officer";

    /// <summary>The policy of pages that any officer may open, such as their own account.</summary>
    public const string Policy = "officer";

    /// <summary>A right that the officer holds in some team or for some engagement; the request decides whether it reaches that far.</summary>
    public const string ScopeSomewhere = "scope-somewhere";

    /// <summary>The id of the session.</summary>
    public const string Session = "session";

    /// <summary>The instant at which the session ends unless another request comes first, in the round-trip format (<c>O</c>).</summary>
    public const string SessionExpires = "session-expires";

    /// <summary>The instant at which the session ends whatever comes, in the round-trip format (<c>O</c>).</summary>
    public const string SessionEnds = "session-ends";

    /// <summary>What must be done before anything else: <c>change-password</c> or <c>set-up-second-factor</c>. An officer who owes something has no scopes.</summary>
    public const string Duty = "duty";
}
