using System.Buffers.Text;
using System.Security.Cryptography;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Security;

namespace Engagement.Participation.Domain;

/// <summary>
/// The name of a response: 12 characters of Crockford's base 32 (60 random bits), shown in groups of four as <c>7K3M-9QXP-2VTD</c>.
/// It is read aloud and written down, so it has no letters that look like others; it proves nothing.
/// </summary>
internal static class ReceiptReference
{
    private const int Length = 12;

    public static string New() => ReadableCode.New(Length);

    public static string Show(string reference) => ReadableCode.Show(reference);

    /// <summary>Reads it as people write it: in either case, with or without hyphens and spaces, with O for 0 and I or L for 1.</summary>
    public static string? Read(string? written) => ReadableCode.Read(written, Length);
}

/// <summary>
/// What proves that a response is one's own, as it travels in the header <c>Receipt-Secret</c>: <c>reference.secret</c>, so that
/// it suffices alone. The secret has 192 bits and is stored nowhere: it is a keyed hash of the consultation and the idempotency
/// key, so a retry gets the same one.
/// </summary>
internal sealed record ReceiptSecret(string Reference, string Secret)
{
    public const string Header = "Receipt-Secret";

    private const string Purpose = "receipt";
    private const int Bytes = 24;

    public static ReceiptSecret Of(Response response, MasterKey masterKey) =>
        new(ReceiptReference.Show(response.Reference), SecretOf(response.ConsultationId, response.IdempotencyKey, masterKey));

    /// <returns>Null where the text cannot be a receipt's secret.</returns>
    public static ReceiptSecret? Read(string? text) =>
        text?.Split('.') is [var reference, { Length: > 0 and < 100 } secret] && ReceiptReference.Read(reference) is { } plain ? new ReceiptSecret(plain, secret) : null;

    /// <summary>In a time that does not tell how much of it was right.</summary>
    public bool Proves(ConsultationId consultationId, string idempotencyKey, MasterKey masterKey) =>
        CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(Secret),
            System.Text.Encoding.UTF8.GetBytes(SecretOf(consultationId, idempotencyKey, masterKey)));

    public override string ToString() => $"{Reference}.{Secret}";

    private static string SecretOf(ConsultationId consultationId, string idempotencyKey, MasterKey masterKey) =>
        Base64Url.EncodeToString(masterKey.Hash(Purpose, $"{consultationId} {idempotencyKey}").AsSpan(0, Bytes));
}
