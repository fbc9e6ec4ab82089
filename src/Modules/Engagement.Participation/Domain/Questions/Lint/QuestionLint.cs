using System.Globalization;
using System.Text.RegularExpressions;

namespace Engagement.Participation.Domain.Questions.Lint;

public enum LintKind
{
    /// <summary>The wording suggests an answer.</summary>
    Leading,

    /// <summary>Two things are asked and one answer is taken.</summary>
    DoubleBarrelled,

    /// <summary>A word of the office, or an abbreviation that nobody explains.</summary>
    Jargon,

    /// <summary>Somebody without a view, or who would rather not say, has no answer to choose.</summary>
    NoWayOut,

    UnbalancedScale,

    /// <summary>Too hard to read for many.</summary>
    ReadingAge,

    /// <summary>Nothing says where a paper form goes.</summary>
    PaperReturn,
}

/// <summary>Advice on the wording; it never stands in the way of anything.</summary>
/// <param name="Question">Its code; null where it is about the whole.</param>
/// <param name="Why">What was found and why it matters, as a sentence.</param>
/// <param name="Suggestion">What to do instead, as a sentence.</param>
public sealed record LintFinding(string? Question, LintKind Kind, string Why, string Suggestion);

/// <summary>
/// Reads an English questionnaire as a careful colleague would. It knows a few sure signs and says nothing where it is in doubt: advice that is often wrong is not read.
/// </summary>
internal static class QuestionLint
{
    /// <summary>Years: the goal for questions.</summary>
    public const int HighestReadingAge = 12;

    /// <summary>Words.</summary>
    public const int LongestSentence = 25;

    /// <summary>Fewer words say nothing of how hard a text is.</summary>
    private const int FewestWordsToMeasure = 12;

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.NonBacktracking;

    private static readonly Regex OneSidedAgreement = new(@"\b(do|would|don['’]t|wouldn['’]t) you (not )?agree\b|\bhow (far|strongly|much) do you agree\b", Plain);
    private static readonly Regex BothSides = new(@"\bdisagree\b|\bagree or not\b", Plain);
    private static readonly Regex ExpectedAnswer = new(@"^\W*(isn|aren|doesn|don|shouldn|wouldn|won)['’]t\b|\b(isn['’]t it|don['’]t you think|surely|obviously|of course|everyone knows|everybody knows)\b", Plain);

    private static readonly Regex Praise = new(
        @"\b(our|the|this|these) (new )?(and )?(improved|exciting|excellent|ambitious|much[- ]needed|long[- ]overdue|sensible|outstanding|wonderful|wasteful|unnecessary|world[- ]class|award[- ]winning|common[- ]sense|unfair|disastrous)\b",
        Plain);

    private const string Qualities = "safe|affordable|clean|easy|clear|quick|friendly|helpful|useful|fair|reliable|good|cheap|accessible|comfortable|welcoming|modern|effective|efficient|attractive|convenient|simple|fast|frequent|polite|informative|satisfied|well";
    private static readonly Regex TwoQualities = new($@"\b({Qualities}) (and|or) ({Qualities})\b", Plain);

    private const string Acts = "close|open|build|cut|raise|reduce|increase|introduce|keep|stop|start|move|remove|charge|extend|replace|add|end|sell|invest|spend|improve|ban|allow|widen|merge";
    private const string Acting = "closing|opening|building|cutting|raising|reducing|increasing|introducing|keeping|stopping|starting|moving|removing|charging|extending|replacing|adding|ending|selling|investing|spending|improving|banning|allowing|widening|merging";
    private static readonly Regex TwoActs = new($@"\b(should|support|oppose|agree|want|like) [^?.]*\b({Acts}|{Acting})\b[^?.]* and (also )?(to )?({Acts}|{Acting})\b", Plain);
    private static readonly Regex JudgedTogether = new(@"\b(satisfied|happy|unhappy) (are you |were you )?with\b[^?.]*\w and \w|\bhow (would|do) you rate\b[^?.]*\w and \w", Plain);

    private static readonly Regex Abbreviation = new(@"\b[A-Z]{2,6}s?\b", RegexOptions.NonBacktracking);

    private static readonly HashSet<string> KnownToEverybody = new(
        ["UK", "EU", "NHS", "GP", "TV", "PDF", "MP", "BBC", "VAT", "CCTV", "DIY", "ID", "OK", "SMS", "AM", "PM", "CV", "USA", "COVID", "MOT", "CD", "DVD", "AD", "BC", "NOT", "AND", "OR", "ALL", "ANY", "ONE", "NO", "YES", "ONLY", "BOTH", "EACH", "NOW", "MUST", "NEVER", "II", "III", "IV", "VI"],
        StringComparer.Ordinal);

    private static readonly (Regex Word, string Instead)[] OfficeWords =
    [
        .. new (string Pattern, string Instead)[]
        {
            ("facilitat(e|es|ed|ing)", "help"), ("leverag(e|es|ed|ing)", "use"), ("utilis(e|es|ed|ing)", "use"), ("robust", "strong, or say what you mean"), ("stakeholders?", "people, or name them"),
            ("going forward", "from now on"), ("in order to", "to"), ("holistic", "whole"), ("synerg(y|ies)", "working together"), ("deliverables?", "what is done"), ("signposting", "telling people where to go"),
            ("co-production", "working together"), ("commissioning", "buying, or arranging"), ("place-?making", "making places better"), ("modal shift", "people changing how they travel"),
            ("service provision", "services"), ("rationalis(e|es|ed|ing|ation)", "cut, or bring together"), ("reconfigur(e|es|ed|ing|ation)", "change"), ("cohorts?", "group"), ("interface with", "deal with"), ("pursuant to", "under"), ("in respect of", "about"), ("prior to", "before"), ("commence[sd]?", "start"),
        }
        .Select(w => (new Regex($@"\b{w.Pattern}\b", Plain), w.Instead)),
    ];

    private static readonly Regex Opinion = new(@"^\W*should\b|\b(support|oppose|object|agree|think|favour|opinion|say to|satisfied|feel about)\b", Plain);
    private static readonly Regex WayOut = new(@"\b(don['’]t know|do not know|not sure|unsure|no opinion|no view|no preference|neither|undecided|can['’]t say|prefer not|rather not|not applicable|none of|it depends|don['’]t mind|do not mind|other|something else)\b", Plain);
    private static readonly Regex Personal = new(@"\byour (age|age group|gender|sex|ethnic\w*|religion|sexual orientation|disabilit\w*|income|health|marital status|race|nationality)\b|\bhow old are you\b|\bdisabled\b|\bdo you have (a|any) (disabilit\w*|health)", Plain);
    private static readonly Regex RatherNot = new(@"\b(prefer not|rather not|do not want to say|don['’]t want to say)\b", Plain);

    private static readonly Regex Good = new(@"\b(agree|satisfied|good|excellent|support|easy|safe|likely|helpful|positive|better|happy|in favour|well|great|useful|important)\b", Plain);
    private static readonly Regex Bad = new(@"\b(disagree|dissatisfied|unsatisfied|poor|poorly|bad|badly|terrible|oppose|object|difficult|hard|unsafe|unlikely|unhelpful|negative|worse|unhappy|against|useless|unimportant|not)\b", Plain);
    private static readonly Regex Middle = new(@"\b(neither|nor|neutral|average|ok)\b", Plain);

    private static readonly Regex ReturnAddress = new(
        @"\bfreepost\b|\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b|\b(hand|hands|handed|bring|return|send|post|take)\b[^.]*\b(in|back|to|at)\b|\b(write|writing) to\b|\b(boxes?|collected)\b",
        Plain);

    /// <param name="offlineRoute">What people are told who cannot use the web; null where nothing is.</param>
    public static IReadOnlyList<LintFinding> Of(QuestionnaireContent content, string? offlineRoute)
    {
        var explained = string.Join(' ', Texts(content));
        return
        [
            .. content.Questions.SelectMany(q => Of(q, explained)),
            .. OfWhole(content, offlineRoute),
        ];
    }

    private static IEnumerable<LintFinding> Of(Question q, string explained)
    {
        var text = q.Text;
        if (OneSidedAgreement.IsMatch(text) && !BothSides.IsMatch(text))
        {
            yield return Found(LintKind.Leading, "It asks only whether people agree, and more people say yes to such a question than hold the view.", "Ask “How far do you agree or disagree …”, or ask what people think.");
        }

        if (ExpectedAnswer.Match(text) is { Success: true } expected)
        {
            yield return Found(LintKind.Leading, $"“{expected.Value.Trim()}” tells people which answer is expected.", "Ask openly, beginning with what, which or how.");
        }

        if (Praise.Match(text) is { Success: true } praise)
        {
            yield return Found(LintKind.Leading, $"“{praise.Value}” judges the matter before people can.", "Leave out the word that judges, and say what it is.");
        }

        if (q.Type is QuestionType.Single or QuestionType.Scale or QuestionType.Multiple or QuestionType.Number && text.Count(c => c == '?') > 1)
        {
            yield return Found(LintKind.DoubleBarrelled, "It asks more than one question and takes one answer, so nobody can tell which was answered.", "Make a question of each.");
        }
        else if (q.Type is QuestionType.Single or QuestionType.Scale && FirstOf(text, TwoQualities, TwoActs, JudgedTogether) is { } joined)
        {
            yield return Found(LintKind.DoubleBarrelled, $"“{joined}” asks about two things at once: who thinks differently of each cannot answer.", "Make a question of each.");
        }

        foreach (var finding in Jargon(q, explained))
        {
            yield return finding;
        }

        if (q.Type is QuestionType.Single or QuestionType.Multiple)
        {
            var labels = (q.Options ?? []).Select(o => o.Label).ToList();
            if (Personal.IsMatch(text) && !labels.Exists(RatherNot.IsMatch))
            {
                yield return Found(LintKind.NoWayOut, "It asks for something personal and offers no way to keep it to oneself.", "Add “I prefer not to say”.");
            }
            else if (q.Type == QuestionType.Single && Opinion.IsMatch(text) && (q.Required || labels.Count <= 3) && !labels.Exists(l => WayOut.IsMatch(l) || Middle.IsMatch(l)))
            {
                yield return Found(LintKind.NoWayOut, "It asks for a view, and whoever has none must choose one or leave.", "Add “I am not sure” or “I do not know”.");
            }

            var (good, bad) = (labels.Count(l => IsGood(l)), labels.Count(l => IsBad(l)));
            if (q.Type == QuestionType.Single && good + bad >= 3 && good != bad)
            {
                yield return Found(
                    LintKind.UnbalancedScale,
                    string.Create(CultureInfo.InvariantCulture, $"{good} of its options {(good == 1 ? "is" : "are")} on the good side and {bad} on the bad side, so the answers lean to the longer side."),
                    "Offer as many on either side.");
            }
        }

        if (q.Scale is { } scale && ((IsGood(scale.LowLabel) && IsGood(scale.HighLabel)) || (IsBad(scale.LowLabel) && IsBad(scale.HighLabel))))
        {
            yield return Found(LintKind.UnbalancedScale, $"Both ends, “{scale.LowLabel}” and “{scale.HighLabel}”, are on the same side, so nobody can say the opposite.", "Label the ends with opposites, such as “Very poor” and “Very good”.");
        }

        if (ReadingAge.SentencesOf(text).FirstOrDefault(s => s.Count > LongestSentence) is { } longest)
        {
            yield return Found(LintKind.ReadingAge, string.Create(CultureInfo.InvariantCulture, $"One sentence has {longest.Count} words; many people lose the beginning before they reach the end."), $"Use {LongestSentence} words or fewer, or put the explanation into the hint.");
        }
        else if (ReadingAge.WordsOf(text).Count >= FewestWordsToMeasure && ReadingAge.Of(text) is > HighestReadingAge and var age)
        {
            yield return Found(LintKind.ReadingAge, string.Create(CultureInfo.InvariantCulture, $"It reads as for somebody of {age} years (Flesch-Kincaid grade and five)."), $"Aim for {HighestReadingAge}: shorter sentences, shorter words.");
        }

        LintFinding Found(LintKind kind, string why, string suggestion) => new(q.Code, kind, why, suggestion);
    }

    private static IEnumerable<LintFinding> Jargon(Question q, string explained)
    {
        var texts = string.Join(' ', TextsOf(q));
        foreach (var (word, instead) in OfficeWords)
        {
            if (word.Match(texts) is { Success: true } found)
            {
                yield return new LintFinding(q.Code, LintKind.Jargon, $"“{found.Value}” is a word of the office that many people do not use.", $"Say instead: {instead}.");
            }
        }

        foreach (var abbreviation in Abbreviation.Matches(texts).Select(m => m.Value.TrimEnd('s')).Distinct(StringComparer.Ordinal))
        {
            if (!KnownToEverybody.Contains(abbreviation) && !explained.Contains($"({abbreviation})", StringComparison.Ordinal) && !explained.Contains($"{abbreviation} (", StringComparison.Ordinal))
            {
                yield return new LintFinding(q.Code, LintKind.Jargon, $"“{abbreviation}” is not explained, and not everybody knows what it stands for.", $"Write it out, at least once, as: the words ({abbreviation}).");
            }
        }
    }

    private static IEnumerable<LintFinding> OfWhole(QuestionnaireContent content, string? offlineRoute)
    {
        if (content.Introduction is { } introduction && ReadingAge.WordsOf(introduction).Count >= FewestWordsToMeasure && ReadingAge.Of(introduction) is > HighestReadingAge and var age)
        {
            yield return new LintFinding(
                null, LintKind.ReadingAge, string.Create(CultureInfo.InvariantCulture, $"The introduction reads as for somebody of {age} years (Flesch-Kincaid grade and five)."), $"Aim for {HighestReadingAge}: shorter sentences, shorter words.");
        }

        if (string.IsNullOrWhiteSpace(offlineRoute) || !ReturnAddress.IsMatch(offlineRoute))
        {
            yield return new LintFinding(
                null, LintKind.PaperReturn, "Nothing says where a paper form goes once it is filled in, so answers on paper may never arrive.", "Under “Ways to take part”, give an address with its postcode, a Freepost address, or where forms can be handed in.");
        }
    }

    private static string? FirstOf(string text, params Regex[] patterns) => patterns.Select(p => p.Match(text)).FirstOrDefault(m => m.Success)?.Value;

    /// <summary>“Not satisfied” is bad although it holds a good word.</summary>
    private static bool IsBad(string label) => Bad.IsMatch(label) && !IsMiddle(label);

    private static bool IsGood(string label) => Good.IsMatch(label) && !Bad.IsMatch(label) && !IsMiddle(label);

    private static bool IsMiddle(string label) => Middle.IsMatch(label) || WayOut.IsMatch(label);

    private static IEnumerable<string> Texts(QuestionnaireContent content) =>
        content.Pages.SelectMany(p => new[] { p.Title, p.Introduction }.OfType<string>().Concat(p.Questions.SelectMany(TextsOf))).Concat(new[] { content.Introduction }.OfType<string>());

    private static IEnumerable<string> TextsOf(Question q) => new[] { q.Text, q.Hint }.OfType<string>().Concat((q.Options ?? []).Select(o => o.Label));
}
