using System.Security.Cryptography;
using Engagement.Access.Contracts;
using Engagement.Platform.Security;

namespace Engagement.Access.Application.SigningIn;

/// <summary>
/// Recognises a browser in which an officer has signed in before, by a cookie that holds a random name and proof that the program gave it
/// to this officer. It opens nothing: wrong tries in that browser are counted apart from everybody else's.
/// </summary>
internal sealed class KnownDevices(MasterKey masterKey)
{
    private const string Purpose = "sign-in-device";

    public string New(OfficerId officer)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return $"{name}.{ProofOf(officer, name)}";
    }

    /// <returns>The device's name; null where the value is none of this officer's.</returns>
    public string? Recognise(OfficerId officer, string? value) =>
        value?.Split('.') is [var name, var proof] && CryptographicOperations.FixedTimeEquals(Bytes(proof), Bytes(ProofOf(officer, name))) ? name : null;

    private string ProofOf(OfficerId officer, string name) => Convert.ToHexStringLower(masterKey.Hash(Purpose, $"{officer}/{name}"));

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
