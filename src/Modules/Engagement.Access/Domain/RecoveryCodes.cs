using System.Security.Cryptography;
using System.Text;

namespace Engagement.Access.Domain;

/// <summary>Ten codes for the day on which the telephone is lost. Each works once; only their hashes are kept.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    /// <summary>Without letters and figures that are misread. Twelve of them carry 59 random bits, and every try is counted.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <returns>The codes, shown once, such as <c>k3mq-9xw2-hp7d</c>.</returns>
    public static IReadOnlyList<string> New() =>
        [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Letters, 4))))];

    public static string HashOf(string code)
    {
        var plain = string.Concat(code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
    }
}
