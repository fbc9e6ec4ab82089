using System.Security.Cryptography;
using System.Text;
using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Calendars;

/// <summary>
/// An address at which an officer's calendar program reads the dates of all consultations. Such a program cannot sign in, so the
/// address itself is the key: it cannot be guessed, it shows dates and titles and nothing of anybody's answers, and it can be replaced.
/// </summary>
internal sealed class DateFeed : AggregateRoot
{
    private DateFeed()
    {
    }

    public OfficerId OfficerId { get; private init; }

    public override Guid Identity => Id;

    public Guid Id { get; private init; }

    /// <summary>SHA-256 of the key. It has 256 random bits, so a slow hash would add nothing.</summary>
    public byte[] KeyHash { get; private set; } = [];

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Null while the address works.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    public static DateFeed Of(OfficerId officer) => new() { Id = Guid.CreateVersion7(), OfficerId = officer };

    /// <summary>A new key; the one before opens nothing any more.</summary>
    /// <returns>The key, which is shown once and kept nowhere.</returns>
    public string Open(DateTimeOffset now)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        (KeyHash, OpenedAt, ClosedAt) = (HashOf(key), now, null);
        Raise(new DateFeedOpened(OfficerId, now));
        return key;
    }

    public void Close(DateTimeOffset now)
    {
        if (ClosedAt is null)
        {
            (KeyHash, ClosedAt) = (RandomNumberGenerator.GetBytes(32), now);
            Raise(new DateFeedClosed(OfficerId, now));
        }
    }

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

internal sealed record DateFeedOpened(OfficerId OfficerId, DateTimeOffset At) : IDomainEvent;

internal sealed record DateFeedClosed(OfficerId OfficerId, DateTimeOffset At) : IDomainEvent;
