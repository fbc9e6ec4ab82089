using System.Globalization;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Consultations.Contracts;
using Engagement.Host.Pages.Shared.Charts;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Analysis;

/// <summary>
/// What officers are shown of the answers to one question, in words and as bars. An officer sees every count; a share needs a base of
/// 10 and a mean or median 5 answers, so that a few people do not look like many.
/// </summary>
public static class ResultCharts
{
    public const int SmallestBaseOfAShare = 10;
    public const int SmallestBaseOfAMean = 5;

    /// <summary>So many that are level are named in a sentence; of more it is only said how many they are.</summary>
    private const int MostNamed = 3;

    /// <summary>Where everybody could take part there is no sample, and so no margin of error.</summary>
    public const string OpenToEverybody = "This was open to everybody: no margin of error applies.";

    /// <summary>The options or the themes as bars; null for a question that has neither.</summary>
    public static BarChart? Of(ConsultationId consultation, QuestionResults question, int responses)
    {
        var bars = question.Options.Count > 0
            ? question.Options.Select(o => new Bar(o.Label, o.Count, Share(o.Count, question.Base), ResponsesAddress(consultation, "Option", $"{question.Code}={o.Code}"))).ToList()
            : question.Themes.Select(t => new Bar(t.Name, t.Count, Share(t.Count, question.Base), ResponsesAddress(consultation, "Theme", t.Id.ToString()))).ToList();
        var isText = question.Uncoded is not null;
        return bars.Count == 0 ? null : new BarChart(
            $"{(isText ? "Themes in the answers to" : "Answers to")} “{question.Text}”", Summary(question, isText), isText ? "Theme" : "Answer", Base(question, responses), bars);
    }

    /// <summary>One sentence made from the figures.</summary>
    public static string Summary(QuestionResults question, bool isText)
    {
        var counted = isText ? question.Themes.Select(t => (Label: t.Name, t.Count)) : question.Options.Select(o => (o.Label, o.Count));
        var most = counted.Select(c => c.Count).DefaultIfEmpty().Max();
        if (question.Base == 0 || most == 0)
        {
            return question.Base == 0 ? "Nobody has answered this question yet." : isText ? "No theme has been found in the answers yet." : "None of the options has been chosen.";
        }

        var first = counted.Where(c => c.Count == most).Select(c => $"“{c.Label}”").ToList();
        var names = first.Count == 1 ? first[0]
            : first.Count > MostNamed ? $"{Number(first.Count)} {(isText ? "themes" : "answers")}"
            : $"{string.Join(", ", first[..^1])} and {first[^1]}";
        var verb = (isText, first.Count) switch
        {
            (true, 1) => "was raised most often",
            (true, _) => "were raised equally often, more than any other theme",
            (false, 1) => "was chosen most often",
            _ => "were chosen equally often, more than any other answer",
        };
        var share = Share(most, question.Base) is { } percent ? $" ({percent})" : "";
        return $"{names} {verb}: {(first.Count > 1 ? "each " : "")}by {Number(most)} of the {Number(question.Base)} who answered{share}.";
    }

    public static string Base(QuestionResults question, int responses)
    {
        var missing = new List<string>();
        if (question.NoAnswer > 0)
        {
            missing.Add($"{Number(question.NoAnswer)} gave no answer");
        }

        if (question.NotAsked > 0)
        {
            missing.Add($"{Number(question.NotAsked)} {(question.NotAsked == 1 ? "was" : "were")} not asked");
        }

        return $"Base: {Number(question.Base)} of {Number(responses)} response{(responses == 1 ? "" : "s")}{(missing.Count == 0 ? "" : $"; {string.Join(" and ", missing)}")}. {OpenToEverybody}";
    }

    public static string? Numbers(NumberSummary? numbers) => numbers switch
    {
        null => null,
        { N: < SmallestBaseOfAMean } => $"{Number(numbers.N)} answer{(numbers.N == 1 ? "" : "s")}: too few for a mean or a median.",
        _ => $"Mean {Decimal(numbers.Mean, 2)}, median {Decimal(numbers.Median, 2)}; from {Decimal(numbers.Minimum, 4)} to {Decimal(numbers.Maximum, 4)} ({Number(numbers.N)} answers).",
    };

    public static string? Dates(DateSummary? dates) =>
        dates is null ? null
        : dates.Earliest == dates.Latest ? $"{UkTime.Spell(dates.Earliest)} ({Number(dates.N)} answer{(dates.N == 1 ? "" : "s")})."
        : $"From {UkTime.Spell(dates.Earliest)} to {UkTime.Spell(dates.Latest)} ({Number(dates.N)} answers).";

    /// <summary>With one decimal; null where the base is too small.</summary>
    public static string? Share(int count, int of) =>
        of < SmallestBaseOfAShare ? null : (100m * count / of).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string ResponsesAddress(ConsultationId consultation, string filter, string value) =>
        $"/admin/consultations/{consultation}/responses?Filter.{filter}={Uri.EscapeDataString(value)}";

    private static string Decimal(decimal number, int places) => Math.Round(number, places).ToString("0.####", CultureInfo.InvariantCulture);
}
