namespace Engagement.Access.Application;

public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>
    /// A session that nobody used for so long is over. OWASP ASVS 5.0, 7.3.1, leaves the length to the risk: two hours let an officer
    /// write a long answer or sit in a meeting, and a warning comes before.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(2);
}
