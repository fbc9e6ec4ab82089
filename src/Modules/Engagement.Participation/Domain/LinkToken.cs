using System.Buffers.Text;
using System.Security.Cryptography;
using Engagement.Platform.Security;

namespace Engagement.Participation.Domain;

/// <summary>What stands in a link of a message: an id and a proof of 128 bits that is stored nowhere, good for one purpose only.</summary>
internal static class LinkToken
{
    private const int ProofBytes = 16;

    public static string Of(string purpose, Guid id, MasterKey masterKey) => Base64Url.EncodeToString([.. id.ToByteArray(bigEndian: true), .. Proof(purpose, id, masterKey)]);

    /// <returns>The id; null where the token is none of ours, or one for something else.</returns>
    public static Guid? Read(string purpose, string token, MasterKey masterKey)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (token.Length > 60 || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != 16 + ProofBytes)
        {
            return null;
        }

        var id = new Guid(bytes[..16], bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(bytes[16..written], Proof(purpose, id, masterKey)) ? id : null;
    }

    private static byte[] Proof(string purpose, Guid id, MasterKey masterKey) => masterKey.Hash(purpose, id.ToString())[..ProofBytes];
}
