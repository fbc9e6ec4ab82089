using System.Security.Cryptography;
using System.Text;
using Engagement.Access.Contracts;

namespace Engagement.Access.Domain;

/// <summary>How far a session has come with the second factor.</summary>
internal enum SecondFactorStep
{
    /// <summary>The officer has none.</summary>
    None,

    /// <summary>The password was right and the code is still to come: the session opens nothing.</summary>
    Awaited,

    Given,
}

/// <summary>
/// One sign-in of an officer in one browser. It ends when it was idle for too long, after <see cref="Longest"/> in any case, when
/// somebody ends it, and when the officer's security stamp changes: a new password, a second factor reset, an account disabled.
/// </summary>
internal sealed class Session
{
    /// <summary>OWASP ASVS 5.0, 7.3.2: an absolute limit, here a long working day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long the page that asks for the code may take.</summary>
    public static readonly TimeSpan CodeAwaited = TimeSpan.FromMinutes(10);

    private Session()
    {
    }

    public SessionId Id { get; private init; }

    public OfficerId OfficerId { get; private init; }

    /// <summary>SHA-256 of the token. The token has 256 random bits, so a slow hash would add nothing.</summary>
    public byte[] TokenHash { get; private init; } = [];

    public Guid SecurityStamp { get; private init; }

    /// <summary>What the browser said it was, cut to 200 characters: its officer recognises it by that.</summary>
    public string Browser { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Written once a minute at most.</summary>
    public DateTimeOffset LastSeenAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public SecondFactorStep SecondFactor { get; private init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <returns>The session and its token, which only the browser keeps.</returns>
    public static (Session Session, string Token) Open(Officer officer, SecondFactorStep secondFactor, string browser, DateTimeOffset now)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var session = new Session
        {
            Id = SessionId.New(),
            OfficerId = officer.Id,
            TokenHash = HashOf(token),
            SecurityStamp = officer.SecurityStamp,
            Browser = browser.Length > 200 ? browser[..200] : browser,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + (secondFactor == SecondFactorStep.Awaited ? CodeAwaited : Longest),
            SecondFactor = secondFactor,
        };
        return (session, token);
    }

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
