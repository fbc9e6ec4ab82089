using System.Collections.Frozen;
using System.Text;

namespace Engagement.Access.Domain;

/// <summary>
/// Which passwords will do. OWASP ASVS 5.0, 6.2.1, asks for 8 characters and recommends 15; NIST SP 800-63B-4 for 15 where a password
/// stands alone and 8 beside a second factor. Here 12, with a second factor for whoever can do most. No rule of composition and no
/// change for its own sake (6.2.5, 6.2.10); at most 128 characters (6.2.9); not one of the most common (6.2.4), not a word that anybody
/// would guess here (6.2.11).
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 128;

    /// <summary>Shorter words of the own surroundings stand in too many good passwords by chance.</summary>
    private const int ShortestOwnWord = 4;

    private static readonly FrozenSet<string> Common = ReadCommon();

    /// <summary>The same text however it was typed: composed and decomposed letters, narrow and wide ones (NIST SP 800-63B-4, 3.1.1.2).</summary>
    public static string Normalise(string password) => password.Normalize(NormalizationForm.FormKC);

    /// <param name="ownWords">The council's, the service's and the officer's own names and addresses.</param>
    /// <returns>What is wrong, as a sentence for the form; null where nothing is.</returns>
    public static string? Refusal(string password, IEnumerable<string> ownWords)
    {
        var text = Normalise(password);
        var length = text.EnumerateRunes().Count();
        if (length < Shortest)
        {
            return $"The password must be {Shortest} characters or more";
        }

        if (length > Longest)
        {
            return $"The password must be {Longest} characters or fewer";
        }

        var lower = text.ToLowerInvariant();
        if (IsCommon(lower))
        {
            return "This password is one of those that are guessed first. Choose another, such as three or four words that do not belong together";
        }

        return ownWords.SelectMany(Words).Any(w => lower.Contains(w, StringComparison.Ordinal))
            ? "The password must not contain your name, your e-mail address or the name of the council or this service"
            : null;
    }

    /// <summary>Itself, with figures and signs around it, or said twice.</summary>
    private static bool IsCommon(string lower)
    {
        var core = lower.Trim([.. lower.Where(c => !char.IsLetter(c)).Distinct()]);
        return lower.Distinct().Count() < 4 || Common.Contains(lower) || Common.Contains(core) || Common.Contains(Half(lower)) || Common.Contains(Half(core));
    }

    private static string Half(string text) =>
        text.Length % 2 == 0 && text[..(text.Length / 2)] == text[(text.Length / 2)..] ? text[..(text.Length / 2)] : "";

    /// <summary>Of an address the part before the @ and the name of the domain, of a name each part.</summary>
    private static IEnumerable<string> Words(string text) =>
        Normalise(text).ToLowerInvariant().Split([' ', '@', '.', '-', '_', '\'', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length >= ShortestOwnWord && w is not "gov" and not "example");

    private static FrozenSet<string> ReadCommon()
    {
        using var resource = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The module has no embedded common-passwords.txt; it belongs into Data.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
