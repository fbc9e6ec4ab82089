using System.Text.Json;
using Engagement.Platform.Security;

namespace Engagement.Participation.Domain;

/// <summary>
/// Somebody typed an address and what it should be told of. Until a person behind that address confirms it, nothing more is sent there;
/// what nobody confirms in time is deleted.
/// </summary>
internal sealed class UpdatesRequest
{
    private const string ConfirmPurpose = "updates-request";

    /// <summary>Anybody can type anybody's address: no more than this go to one address in a day, nor two within the pause.</summary>
    public const int MostADay = 3;
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);

    private UpdatesRequest()
    {
    }

    public Guid Id { get; private init; }

    public byte[] AddressHash { get; private init; } = [];

    public byte[] Address { get; private init; } = [];

    /// <summary>A list of <see cref="FollowedThing"/>.</summary>
    public string Things { get; private init; } = "[]";

    public string[] PurposeNames { get; private init; } = [];

    public DateTimeOffset RequestedAt { get; private init; }

    /// <summary>The first instant at which the link does nothing any more.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>Set once: the link is good for one use.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public IReadOnlyList<UpdatePurpose> Purposes => [.. PurposeNames.Select(Enum.Parse<UpdatePurpose>)];

    public static UpdatesRequest Of(
        string emailAddress, IEnumerable<FollowedThing> things, IEnumerable<UpdatePurpose> purposes, MasterKey masterKey, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        AddressHash = Contact.HashOf(emailAddress, masterKey),
        Address = Contact.EncryptAddress(emailAddress, masterKey),
        Things = JsonSerializer.Serialize(things),
        PurposeNames = [.. purposes.Distinct().Order().Select(p => p.ToString())],
        RequestedAt = now,
        ExpiresAt = now + GoodFor,
    };

    public IReadOnlyList<FollowedThing> Follows() => JsonSerializer.Deserialize<List<FollowedThing>>(Things)!;

    public bool IsOpen(DateTimeOffset now) => ConfirmedAt is null && now < ExpiresAt;

    public void Confirm(DateTimeOffset now) => ConfirmedAt ??= now;

    public string Token(MasterKey masterKey) => LinkToken.Of(ConfirmPurpose, Id, masterKey);

    public static Guid? ReadToken(string token, MasterKey masterKey) => LinkToken.Read(ConfirmPurpose, token, masterKey);
}
