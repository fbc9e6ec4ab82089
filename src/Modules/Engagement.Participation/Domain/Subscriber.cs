using Engagement.Platform.Security;

namespace Engagement.Participation.Domain;

/// <summary>What somebody asks to be told of. Each is consented to on its own.</summary>
public enum UpdatePurpose
{
    Opening,

    /// <summary>Some days before it closes, and when the closing date moves.</summary>
    Deadline,

    /// <summary>When it has closed, or is withdrawn.</summary>
    Closing,

    Outcome,
}

public enum FollowKind
{
    Topic,
    Area,
    Consultation,
}

/// <summary>
/// Somebody who asked to be told of consultations and confirmed it: an address, encrypted and found by a keyed hash. Whoever leaves is
/// deleted; coming back is the same id, so that nothing is told twice.
/// </summary>
internal sealed class Subscriber
{
    private const string ManagePurpose = "updates";

    private readonly List<Follow> follows = [];

    private Subscriber()
    {
    }

    public Guid Id { get; private init; }

    public byte[] AddressHash { get; private init; } = [];

    public byte[] Address { get; private init; } = [];

    public DateTimeOffset ConfirmedAt { get; private init; }

    public IReadOnlyList<Follow> Follows => follows;

    public static Subscriber Of(UpdatesRequest request, DateTimeOffset now) => new()
    {
        Id = IdOf(request.AddressHash),
        AddressHash = request.AddressHash,
        Address = request.Address,
        ConfirmedAt = now,
    };

    public static Guid IdOf(byte[] addressHash) => new(addressHash.AsSpan(0, 16), bigEndian: true);

    public static string Token(Guid id, MasterKey masterKey) => LinkToken.Of(ManagePurpose, id, masterKey);

    public static Guid? ReadToken(string token, MasterKey masterKey) => LinkToken.Read(ManagePurpose, token, masterKey);

    /// <summary>Adds what was asked for to what was there: asking for one thing takes back no consent for another.</summary>
    public void Add(IEnumerable<FollowedThing> things, IReadOnlyCollection<UpdatePurpose> purposes, DateTimeOffset now)
    {
        foreach (var thing in things)
        {
            var known = follows.Find(f => f.Is(thing));
            if (known is null)
            {
                follows.Add(Follow.Of(Id, thing, purposes, now));
            }
            else
            {
                known.Agree([.. known.Purposes.Union(purposes)], now);
            }
        }
    }

    /// <summary>From now on these purposes and no others; none ends it.</summary>
    public void Change(FollowedThing thing, IReadOnlyCollection<UpdatePurpose> purposes, DateTimeOffset now)
    {
        if (follows.Find(f => f.Is(thing)) is not { } known)
        {
            return;
        }

        if (purposes.Count == 0)
        {
            follows.Remove(known);
        }
        else
        {
            known.Agree(purposes, now);
        }
    }
}

/// <param name="Value">The topic or the area; of a consultation its id.</param>
internal sealed record FollowedThing(FollowKind Kind, string Value);

internal sealed class Follow
{
    private Follow()
    {
    }

    public Guid SubscriberId { get; private init; }

    public FollowKind Kind { get; private init; }

    public string Value { get; private init; } = "";

    /// <summary>Names of <see cref="UpdatePurpose"/>, in the order of the enumeration.</summary>
    public string[] PurposeNames { get; private set; } = [];

    /// <summary>When consent was last given or changed.</summary>
    public DateTimeOffset ConsentedAt { get; private set; }

    public IReadOnlyList<UpdatePurpose> Purposes => [.. PurposeNames.Select(Enum.Parse<UpdatePurpose>)];

    public static Follow Of(Guid subscriber, FollowedThing thing, IReadOnlyCollection<UpdatePurpose> purposes, DateTimeOffset now)
    {
        var follow = new Follow { SubscriberId = subscriber, Kind = thing.Kind, Value = thing.Value };
        follow.Agree(purposes, now);
        return follow;
    }

    public bool Is(FollowedThing thing) => Kind == thing.Kind && Value == thing.Value;

    public void Agree(IEnumerable<UpdatePurpose> purposes, DateTimeOffset now)
    {
        string[] names = [.. purposes.Distinct().Order().Select(p => p.ToString())];
        if (!names.SequenceEqual(PurposeNames, StringComparer.Ordinal))
        {
            PurposeNames = names;
            ConsentedAt = now;
        }
    }
}
