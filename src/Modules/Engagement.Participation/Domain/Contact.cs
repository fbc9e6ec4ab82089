using System.Text;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Contracts;
using Engagement.Platform.Security;

namespace Engagement.Participation.Domain;

/// <summary>
/// An address that somebody left to be told about one consultation. It lies apart from the answers, encrypted, and is found by
/// a keyed hash; one address is one contact, however many responses it came with.
/// </summary>
internal sealed class Contact
{
    private const string Purpose = "contact";
    private const string UnsubscribePurpose = "unsubscribe";

    private Contact()
    {
    }

    public Guid Id { get; private init; }

    public ConsultationId ConsultationId { get; private init; }

    public byte[] AddressHash { get; private init; } = [];

    public byte[] Address { get; private init; } = [];

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? UnsubscribedAt { get; private set; }

    public static Contact At(string emailAddress, ConsultationId consultationId, MasterKey masterKey, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = consultationId,
        AddressHash = HashOf(emailAddress, masterKey),
        Address = EncryptAddress(emailAddress, masterKey),
        CreatedAt = now,
    };

    public string ReadAddress(MasterKey masterKey) => DecryptAddress(Address, masterKey);

    /// <summary>The same for one address, however it is written; found by it and read from it by nobody.</summary>
    public static byte[] HashOf(string emailAddress, MasterKey masterKey) => masterKey.Hash(Purpose, emailAddress.Trim().ToLowerInvariant().Normalize(NormalizationForm.FormC));

    public static byte[] EncryptAddress(string emailAddress, MasterKey masterKey) => masterKey.Encrypt(Purpose, emailAddress.Trim());

    public static string DecryptAddress(byte[] address, MasterKey masterKey) => masterKey.DecryptText(Purpose, address);

    /// <summary>What stands in the link that ends the messages.</summary>
    public static string UnsubscribeToken(Guid contactId, MasterKey masterKey) => LinkToken.Of(UnsubscribePurpose, contactId, masterKey);

    /// <returns>The contact's id; null where the token is none of ours.</returns>
    public static Guid? ReadUnsubscribeToken(string token, MasterKey masterKey) => LinkToken.Read(UnsubscribePurpose, token, masterKey);
}

/// <summary>The response that an address came with.</summary>
internal sealed class ContactResponse
{
    public Guid ContactId { get; init; }

    public ConsultationId ConsultationId { get; init; }

    public ResponseId ResponseId { get; init; }

    public DateTimeOffset LinkedAt { get; init; }
}
