using System.Security.Cryptography;

namespace Engagement.Participation.Domain;

/// <summary>What participants can take back.</summary>
public enum ErasureKind
{
    /// <summary>A response, and the address that came with it.</summary>
    Response,

    EqualityAnswers,

    /// <summary>Messages about one consultation to an address that came with a response.</summary>
    Messages,

    /// <summary>Everything that somebody follows, and their address.</summary>
    Updates,

    Draft,
}

/// <summary>
/// Somebody took something back: a line of a list that is only added to, so that it can be gone through again after an older backup was
/// restored. It says what and when, never whose it was or what it said.
/// </summary>
/// <param name="Id">Random, not counted up from the time: it says nothing.</param>
/// <param name="Subject">The id of what is gone; of a stopped message the contact's.</param>
/// <param name="ErasedAt">Of equality answers the day alone: the instant would lead to the response that was taken back with them.</param>
public sealed record Erasure(Guid Id, ErasureKind Kind, Guid Subject, DateTimeOffset ErasedAt)
{
    internal static Erasure Of(ErasureKind kind, Guid subject, DateTimeOffset now) =>
        new(new Guid(RandomNumberGenerator.GetBytes(16)), kind, subject, kind == ErasureKind.EqualityAnswers ? new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) : now);
}
