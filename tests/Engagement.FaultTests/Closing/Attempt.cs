using System.Collections.Concurrent;
using System.Globalization;

namespace Engagement.FaultTests.Closing;

/// <summary>One request of one client: written down once, when it has ended, and never changed.</summary>
/// <param name="Key">The idempotency key; the same on every attempt at the same response.</param>
/// <param name="Text">What the participant wrote.</param>
/// <param name="Started">Before the first byte was sent.</param>
/// <param name="Ended">After the last byte of the answer had come, or when the connection broke.</param>
/// <param name="Status">Of the answer; null where the connection broke and the outcome is unknown.</param>
/// <param name="Code">The stable code of a refusal.</param>
/// <param name="Reference">From the receipt.</param>
/// <param name="Replayed">The receipt was for an earlier attempt that had been stored.</param>
/// <param name="SaysWhen">The answer says when to come again.</param>
internal sealed record Attempt(
    int Client, string Key, string Text, DateTimeOffset Started, DateTimeOffset Ended, int? Status, string? Code = null, string? Reference = null, bool Replayed = false, bool SaysWhen = false)
{
    public bool IsAcknowledged => Status == 201;

    /// <summary>Also where the program itself lost the database and says so: it may be stored, and is sent again.</summary>
    public bool IsUnknown => Status is null or 503;

    public bool Is(string code) => Code == code;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"client {Client} {Key} {Started:HH:mm:ss.ffffff} to {Ended:HH:mm:ss.ffffff}: {(IsUnknown ? "no answer" : $"{Status} {Code}{Reference}")}{(Replayed ? " replayed" : "")}");
}

/// <summary>Everything that the clients saw. It can only grow.</summary>
internal sealed class ClientHistory
{
    private readonly ConcurrentQueue<Attempt> attempts = new();

    public IReadOnlyCollection<Attempt> Attempts => attempts;

    public void Append(Attempt attempt) => attempts.Enqueue(attempt);

    /// <summary>The attempts at each response, in their order.</summary>
    public IReadOnlyList<IGrouping<string, Attempt>> Responses => [.. attempts.GroupBy(a => a.Key, StringComparer.Ordinal)];
}
