using System.Buffers.Text;
using System.Security.Cryptography;
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
    private const int ProofBytes = 16;

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
        AddressHash = masterKey.Hash(Purpose, emailAddress.Trim().ToLowerInvariant().Normalize(NormalizationForm.FormC)),
        Address = masterKey.Encrypt(Purpose, emailAddress.Trim()),
        CreatedAt = now,
    };

    public string ReadAddress(MasterKey masterKey) => masterKey.DecryptText(Purpose, Address);

    public void Unsubscribe(DateTimeOffset now) => UnsubscribedAt ??= now;

    /// <summary>What stands in the link that ends the messages: the contact and a proof of 128 bits, stored nowhere.</summary>
    public static string UnsubscribeToken(Guid contactId, MasterKey masterKey) => Base64Url.EncodeToString([.. contactId.ToByteArray(bigEndian: true), .. Proof(contactId, masterKey)]);

    /// <returns>The contact's id; null where the token is none of ours.</returns>
    public static Guid? ReadUnsubscribeToken(string token, MasterKey masterKey)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (token.Length > 60 || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != 16 + ProofBytes)
        {
            return null;
        }

        var id = new Guid(bytes[..16], bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(bytes[16..written], Proof(id, masterKey)) ? id : null;
    }

    private static byte[] Proof(Guid contactId, MasterKey masterKey) => masterKey.Hash(UnsubscribePurpose, contactId.ToString())[..ProofBytes];
}

/// <summary>The response that an address came with.</summary>
internal sealed class ContactResponse
{
    public Guid ContactId { get; init; }

    public ConsultationId ConsultationId { get; init; }

    public ResponseId ResponseId { get; init; }

    public DateTimeOffset LinkedAt { get; init; }
}
