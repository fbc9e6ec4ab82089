using System.Security.Cryptography;

namespace Engagement.Participation.Domain;

/// <summary>
/// Random names and secrets that people read aloud and write down: Crockford's base 32, five bits a character, without letters that
/// look like others, in groups of four.
/// </summary>
internal static class ReadableCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    public static string Show(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));

    /// <summary>Reads it as people write it: in either case, with or without hyphens and spaces, with O for 0 and I or L for 1.</summary>
    public static string? Read(string? written, int length)
    {
        if (written is null || written.Length > 3 * length + 4)
        {
            return null;
        }

        var plain = string.Concat(written.Where(c => c is not '-' && !char.IsWhiteSpace(c)).Select(c => char.ToUpperInvariant(c) switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            var other => other,
        }));
        return plain.Length == length && plain.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? plain : null;
    }
}
