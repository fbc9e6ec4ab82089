using System.Globalization;
using Engagement.Participation.Domain.Questions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>A question as it is typed. Only the fields of its type are shown and read.</summary>
public sealed class QuestionForm
{
    public string? Text { get; set; }

    public string? Hint { get; set; }

    public string? Code { get; set; }

    public bool Required { get; set; }

    /// <summary>The page's number from 1.</summary>
    public int Part { get; set; }

    /// <summary>The options that are there; one whose label is emptied is taken out.</summary>
    public List<OptionForm> Options { get; set; } = [];

    /// <summary>Further options, one in each line.</summary>
    public string? NewOptions { get; set; }

    public string? MinimumChoices { get; set; }

    public string? MaximumChoices { get; set; }

    public string? MaximumLength { get; set; }

    public string? Minimum { get; set; }

    public string? Maximum { get; set; }

    public string? Decimals { get; set; }

    public DateInput Earliest { get; set; } = new();

    public DateInput Latest { get; set; } = new();

    public string? Low { get; set; } = "1";

    public string? High { get; set; } = "5";

    public string? LowLabel { get; set; }

    public string? HighLabel { get; set; }

    public static QuestionForm Of(Question q, int part) => new()
    {
        Text = q.Text,
        Hint = q.Hint,
        Code = q.Code,
        Required = q.Required,
        Part = part,
        Options = [.. (q.Options ?? []).Select(o => new OptionForm { Label = o.Label, Code = o.Code, WasCode = o.Code })],
        MinimumChoices = Written(q.MinimumChoices),
        MaximumChoices = Written(q.MaximumChoices),
        MaximumLength = Written(q.MaximumLength),
        Minimum = Written(q.Minimum),
        Maximum = Written(q.Maximum),
        Decimals = Written(q.Decimals),
        Earliest = DateInput.From(q.Earliest),
        Latest = DateInput.From(q.Latest),
        Low = Written(q.Scale?.Low),
        High = Written(q.Scale?.High),
        LowLabel = q.Scale?.LowLabel,
        HighLabel = q.Scale?.HighLabel,
    };

    /// <summary>The question that was typed; what cannot be read is an error in the model state. Routing and facts stay as they are.</summary>
    /// <param name="prefix">Of the fields' names: <c>Form.</c>.</param>
    public Question Read(QuestionType type, Question? before, string freeCode, ModelStateDictionary state, string prefix)
    {
        var isText = type is QuestionType.ShortText or QuestionType.LongText;
        return new Question(
            Plain(Code) ?? freeCode,
            type,
            Plain(Text) ?? "",
            Plain(Hint),
            Required,
            type is QuestionType.Single or QuestionType.Multiple ? ReadOptions() : null,
            type == QuestionType.Multiple ? Whole(MinimumChoices, nameof(MinimumChoices)) : null,
            type == QuestionType.Multiple ? Whole(MaximumChoices, nameof(MaximumChoices)) : null,
            isText ? Whole(MaximumLength, nameof(MaximumLength)) : null,
            type == QuestionType.Number ? Number(Minimum, nameof(Minimum)) : null,
            type == QuestionType.Number ? Number(Maximum, nameof(Maximum)) : null,
            type == QuestionType.Number ? Whole(Decimals, nameof(Decimals)) : null,
            type == QuestionType.Date ? Earliest.Read(state, prefix + nameof(Earliest), "The earliest date") : null,
            type == QuestionType.Date ? Latest.Read(state, prefix + nameof(Latest), "The latest date") : null,
            type == QuestionType.Scale
                ? new Scale(Whole(Low, nameof(Low), true) ?? 0, Whole(High, nameof(High), true) ?? 0, Plain(LowLabel) ?? "", Plain(HighLabel) ?? "")
                : null,
            before?.ShowWhen,
            before?.Facts);

        int? Whole(string? typed, string name, bool required = false)
        {
            if (Plain(typed) is not { } text)
            {
                if (required)
                {
                    state.AddModelError(prefix + name, "Enter a whole number.");
                }

                return null;
            }

            if (int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            state.AddModelError(prefix + name, "Enter a whole number in digits.");
            return null;
        }

        decimal? Number(string? typed, string name)
        {
            if (Plain(typed) is not { } text)
            {
                return null;
            }

            if (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            state.AddModelError(prefix + name, "Enter a number in digits.");
            return null;
        }
    }

    /// <summary>From the codes that the options had to those that they have now: conditions follow.</summary>
    public IReadOnlyDictionary<string, string> ChangedCodes() => KeptOptions()
        .Where(o => o.WasCode is { Length: > 0 } && Plain(o.Code) is not null)
        .GroupBy(o => o.WasCode!, StringComparer.Ordinal)
        .ToDictionary(o => o.Key, o => Plain(o.First().Code)!, StringComparer.Ordinal);

    /// <summary>The name of the field to which a fault belongs, by its path within the question; null where no field holds it.</summary>
    public string? FieldOf(string path)
    {
        if (path.StartsWith("options[", StringComparison.Ordinal) && path.Split('[', ']') is [_, var index, var member]
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var kept = KeptOptions().ToList();
            return number < kept.Count ? $"Options[{Options.IndexOf(kept[number])}].{(member == ".code" ? "Code" : "Label")}" : nameof(NewOptions);
        }

        return path switch
        {
            "text" => nameof(Text),
            "hint" => nameof(Hint),
            "code" => nameof(Code),
            "options" => nameof(NewOptions),
            "minimumChoices" => nameof(MinimumChoices),
            "maximumChoices" => nameof(MaximumChoices),
            "maximumLength" => nameof(MaximumLength),
            "minimum" => nameof(Minimum),
            "maximum" => nameof(Maximum),
            "decimals" => nameof(Decimals),
            "earliest" => nameof(Earliest),
            "latest" => nameof(Latest),
            "scale" or "scale.high" => nameof(High),
            "scale.lowLabel" => nameof(LowLabel),
            "scale.highLabel" => nameof(HighLabel),
            _ => null,
        };
    }

    /// <summary>Text as it is kept: without white space at its ends, lines end with a line feed alone; null where nothing is left.</summary>
    public static string? Plain(string? typed) => typed?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null;

    private IEnumerable<OptionForm> KeptOptions() => Options.Where(o => Plain(o.Label) is not null);

    private List<QuestionOption> ReadOptions()
    {
        var kept = KeptOptions().ToList();
        HashSet<string> taken = new(kept.Select(o => Plain(o.Code)).OfType<string>(), StringComparer.Ordinal);
        List<QuestionOption> options = [.. kept.Select(o => Plain(o.Code) is { } code ? new QuestionOption(code, Plain(o.Label)!) : WithFreeCode(Plain(o.Label)!))];
        options.AddRange((Plain(NewOptions) ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(WithFreeCode));
        return options;

        QuestionOption WithFreeCode(string label)
        {
            var code = QuestionnaireEdit.CodeOf(label, taken);
            taken.Add(code);
            return new QuestionOption(code, label);
        }
    }

    private static string? Written(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}

public sealed class OptionForm
{
    public string? Label { get; set; }

    public string? Code { get; set; }

    /// <summary>The code as the page was read.</summary>
    public string? WasCode { get; set; }
}
