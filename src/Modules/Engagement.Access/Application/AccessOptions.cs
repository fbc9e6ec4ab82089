namespace Engagement.Access.Application;

/// <summary>Settings under <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>
    /// A session that nobody used for so long is over. OWASP ASVS 5.0, 7.3.1, leaves the length to the risk: two hours let an officer
    /// write a long answer or sit in a meeting, and a warning comes before.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Who must set up a second factor before anything else.</summary>
    public SecondFactorFor RequireSecondFactor { get; set; } = SecondFactorFor.AdministratorsAndApprovers;

    /// <summary>Names that anybody would guess in a password here, beside the officer's own: the council's and the service's.</summary>
    public IList<string> OwnWords { get; } = ["engagement", "consultation"];

    /// <summary>The public address of the site, from <c>Site:BaseAddress</c>: links in messages begin with it, never with what a request says.</summary>
    public string BaseAddress { get; set; } = "http://localhost:5080";

    /// <summary>What an authenticator app shows beside the code, from <c>Mail:FromName</c> unless it is set.</summary>
    public string ServiceName { get; set; } = "Have your say";
}

public enum SecondFactorFor
{
    Nobody,

    /// <summary>Whoever holds one of these roles, be it for one engagement: they give others their rights and the council's word to the public.</summary>
    AdministratorsAndApprovers,

    Everybody,
}
