namespace Engagement.Participation.Domain.Questions;

public enum QuestionType
{
    /// <summary>One of the options.</summary>
    Single,

    /// <summary>Any number of the options, within the limits.</summary>
    Multiple,

    ShortText,

    LongText,

    Number,

    /// <summary>A date of the calendar, without time.</summary>
    Date,

    /// <summary>A whole number between two labelled ends.</summary>
    Scale,
}

/// <summary>One question. The members from the options to the scale belong to some types only; on others they are refused.</summary>
/// <param name="Code">The stable reporting code, apart from the wording: <c>q1</c>. Unique within the questionnaire.</param>
/// <param name="Required">An answer is needed wherever the question is shown.</param>
/// <param name="Options">Single and multiple, in the order shown.</param>
/// <param name="MinimumChoices">Multiple: at least so many, once the question is answered at all.</param>
/// <param name="MaximumChoices">Multiple: at most so many.</param>
/// <param name="MaximumLength">Text: UTF-16 units after normalisation, as browsers count; 500 for short text and 5,000 for long text unless set.</param>
/// <param name="Minimum">Number: the smallest that is accepted.</param>
/// <param name="Maximum">Number: the largest that is accepted.</param>
/// <param name="Decimals">Number: digits after the point; 0 unless set.</param>
/// <param name="Earliest">Date: the first that is accepted.</param>
/// <param name="Latest">Date: the last that is accepted.</param>
/// <param name="ShowWhen">Null shows it always.</param>
/// <param name="Facts">Shown beside the question; null for none.</param>
public sealed record Question(
    string Code,
    QuestionType Type,
    string Text,
    string? Hint = null,
    bool Required = false,
    IReadOnlyList<QuestionOption>? Options = null,
    int? MinimumChoices = null,
    int? MaximumChoices = null,
    int? MaximumLength = null,
    decimal? Minimum = null,
    decimal? Maximum = null,
    int? Decimals = null,
    DateOnly? Earliest = null,
    DateOnly? Latest = null,
    Scale? Scale = null,
    DisplayCondition? ShowWhen = null,
    IReadOnlyList<Fact>? Facts = null)
{
    public const int ShortTextLength = 500;
    public const int LongTextLength = 5_000;

    /// <summary>The longest that an officer can allow: answers to one question stay readable, and a response within the body limit.</summary>
    public const int LongestText = 20_000;

    /// <summary>What an answer can choose from: the options' codes, a scale's points; empty for the other types.</summary>
    public IReadOnlyList<QuestionOption> Choices() => Type switch
    {
        QuestionType.Single or QuestionType.Multiple => Options ?? [],
        QuestionType.Scale => Scale?.IsSound() == true ? Scale.Points() : [],
        _ => [],
    };

    /// <summary>Of a text: the most that is accepted, as <see cref="MaximumLength"/> counts.</summary>
    public int LengthLimit() => MaximumLength ?? (Type == QuestionType.ShortText ? ShortTextLength : LongTextLength);
}

/// <param name="Code">Stable, unique within the question.</param>
public sealed record QuestionOption(string Code, string Label);

/// <summary>Whole numbers from low to high, both ends labelled.</summary>
public sealed record Scale(int Low, int High, string LowLabel, string HighLabel)
{
    /// <summary>More points than this cannot be told apart by the people who answer.</summary>
    public const int MostPoints = 11;

    /// <summary>From 2 to <see cref="MostPoints"/> points. In long, because the ends may be any whole numbers.</summary>
    internal bool IsSound() => (long)High - Low is >= 1 and < MostPoints;

    internal IReadOnlyList<QuestionOption> Points() =>
    [
        .. Enumerable.Range(Low, High - Low + 1).Select(n => new QuestionOption(
            Code(n), n == Low ? $"{Code(n)} ({LowLabel})" : n == High ? $"{Code(n)} ({HighLabel})" : Code(n))),
    ];

    internal static string Code(int point) => point.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public enum ConditionMatch
{
    All,
    Any,
}

public enum ConditionTest
{
    Answered,
    NotAnswered,

    /// <summary>One or more of the options were chosen.</summary>
    AnyOf,

    /// <summary>None of the options was chosen, which is also true where nothing was answered.</summary>
    NoneOf,
}

/// <summary>When a question or a page is shown, by the answers to earlier questions. A question that is not shown counts as not answered.</summary>
public sealed record DisplayCondition(IReadOnlyList<ConditionTerm> Terms, ConditionMatch Match = ConditionMatch.All);

/// <param name="Question">The code of an earlier question.</param>
/// <param name="Options">For <c>any-of</c> and <c>none-of</c>: codes of its options, or points of its scale.</param>
public sealed record ConditionTerm(string Question, ConditionTest Test, IReadOnlyList<string>? Options = null);
