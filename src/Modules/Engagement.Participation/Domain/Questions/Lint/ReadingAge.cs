using System.Text.RegularExpressions;

namespace Engagement.Participation.Domain.Questions.Lint;

/// <summary>
/// The age from which somebody can read an English text: the grade of Flesch and Kincaid (J. P. Kincaid and others, Derivation of new
/// readability formulas for Navy enlisted personnel, 1975: 0.39 × words a sentence + 11.8 × syllables a word − 15.59) and five years.
/// Syllables are estimated, so it is given in whole years.
/// </summary>
internal static class ReadingAge
{
    // Without backtracking there is nothing to set a time limit for, which a busy machine would pass by accident.
    private static readonly Regex Word = new(@"[A-Za-z]+(['’][A-Za-z]+)*", RegexOptions.NonBacktracking);
    private static readonly Regex SentenceEnd = new(@"[.!?]+(\s|$)", RegexOptions.NonBacktracking);
    private static readonly Regex Vowels = new("[aeiouy]+", RegexOptions.NonBacktracking);

    public static IReadOnlyList<string> WordsOf(string text) => [.. Word.Matches(text).Select(m => m.Value)];

    /// <summary>Each sentence's words; a text without a stop is one sentence.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> SentencesOf(string text) =>
        [.. SentenceEnd.Replace(text, "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WordsOf).Where(w => w.Count > 0)];

    /// <returns>Whole years; null for a text without words.</returns>
    public static int? Of(string text)
    {
        var sentences = SentencesOf(text);
        var words = sentences.Sum(s => s.Count);
        return words == 0 ? null : (int)Math.Round(Grade(words, sentences.Count, sentences.Sum(s => s.Sum(Syllables))) + 5, MidpointRounding.AwayFromZero);
    }

    public static double Grade(int words, int sentences, int syllables) => (0.39 * words / sentences) + (11.8 * syllables / words) - 15.59;

    /// <summary>Groups of vowels, without an e that is silent at the end; at least one.</summary>
    public static int Syllables(string word)
    {
        var plain = word.ToLowerInvariant().Split('\'', '’')[0];
        var count = Vowels.Count(plain);
        var silent = plain.Length > 3
            && ((plain[^1] == 'e' && !EndsWithSoundedE(plain))
                || (plain.EndsWith("es", StringComparison.Ordinal) && !IsOneOf(plain[^3], "scxzg") && !plain.EndsWith("shes", StringComparison.Ordinal) && !plain.EndsWith("ches", StringComparison.Ordinal) && !EndsWithSoundedE(plain[..^1]))
                || (plain.EndsWith("ed", StringComparison.Ordinal) && !IsOneOf(plain[^3], "td")));

        // A vowel before the ending leaves it no group of its own: agree, movies, freed.
        var ownGroup = plain.Length > 3 && !IsOneOf(plain[^(plain[^1] == 'e' ? 2 : 3)], "aeiouy");
        return Math.Max(1, count - (silent && ownGroup ? 1 : 0));
    }

    /// <summary>As in table: a consonant and le.</summary>
    private static bool EndsWithSoundedE(string word) => word.Length > 2 && word.EndsWith("le", StringComparison.Ordinal) && !IsOneOf(word[^3], "aeiouy");

    private static bool IsOneOf(char letter, string letters) => letters.Contains(letter, StringComparison.Ordinal);
}
