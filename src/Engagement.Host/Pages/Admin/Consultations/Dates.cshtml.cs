using System.Globalization;
using System.Text.Json;
using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>Opening, closing, and the dates that the regimes count from.</summary>
[Authorize("consultations:write")]
public sealed class DatesModel(IMediator mediator, TimeProvider clock) : EditPage(mediator, clock)
{
    [BindProperty]
    public DateInput Opens { get; set; } = new();

    [BindProperty]
    public string? OpensTime { get; set; }

    [BindProperty]
    public string? OpensSecond { get; set; }

    [BindProperty]
    public DateInput Closes { get; set; } = new();

    [BindProperty]
    public string? ClosesTime { get; set; }

    [BindProperty]
    public string? ClosesSecond { get; set; }

    [BindProperty]
    public List<InputField> Inputs { get; set; } = [];

    /// <summary>What was worked out for the closing date in the form; null where nobody asked.</summary>
    public TimetableProposal? Proposal { get; private set; }

    public IReadOnlyList<RegimeView> Regimes { get; private set; } = [];

    /// <summary>What the calendar would move in what was recorded.</summary>
    public MovedTimetableOrNone Moved { get; private set; } = null!;

    /// <summary>The first, winter time or summer time, where the clocks go back over a time that was given.</summary>
    public bool AsksWhichOfTwo { get; private set; }

    private List<InputField> asked = [];

    protected override string AfterSaving => $"{Address}/timetable";

    /// <summary>Works out the earliest lawful closing date and puts it into the form. Nothing is saved.</summary>
    public async Task<IActionResult> OnPostProposeAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        await Prepare(cancellationToken);
        var inputs = ReadInputs();
        if (Opens.Read(ModelState, nameof(Opens), "The opening day", required: true) is { } opens)
        {
            inputs["opens"] = JsonSerializer.SerializeToElement(opens);
        }

        await Propose(inputs, cancellationToken);
        return Page();
    }

    /// <summary>The same from what is saved.</summary>
    public async Task<IActionResult> OnGetProposeAsync(CancellationToken cancellationToken)
    {
        await OnGetAsync(cancellationToken);
        var inputs = Consultation.Inputs.ToDictionary(StringComparer.Ordinal);
        inputs["opens"] = JsonSerializer.SerializeToElement(Consultation.Opens.Date);
        await Propose(inputs, cancellationToken);
        return Page();
    }

    protected override async Task Prepare(CancellationToken cancellationToken)
    {
        var all = await Mediator.Send(new ListRegimes(), cancellationToken);
        Regimes = [.. all.Where(r => Consultation.Regimes.Contains(r.Id, StringComparer.Ordinal))];
        asked = InputField.AskedBy(Regimes);
        Moved = await FindMoved(cancellationToken);
        if (HttpMethods.IsPost(Request.Method))
        {
            MatchTyped();
        }
    }

    protected override void Fill()
    {
        (Opens, OpensTime, OpensSecond) = (DateInput.From(Consultation.Opens.Date), TypedTime.Write(Consultation.Opens.Time), Which(Consultation.Opens.Second));
        (Closes, ClosesTime, ClosesSecond) = (DateInput.From(Consultation.Closes.Date), TypedTime.Write(Consultation.Closes.Time), Which(Consultation.Closes.Second));
        AsksWhichOfTwo = OpensSecond is not null || ClosesSecond is not null;
        Inputs = [.. asked.Select(field => field.Holding(Consultation.Inputs.TryGetValue(field.Name, out var value) ? value : null))];
    }

    protected override ConsultationDetails Apply(ConsultationDetails details)
    {
        var opens = Opens.Read(ModelState, nameof(Opens), "The opening day", required: true);
        var closes = Closes.Read(ModelState, nameof(Closes), "The last day", required: true);
        var opensTime = TypedTime.Read(OpensTime, ModelState, nameof(OpensTime));
        var closesTime = TypedTime.Read(ClosesTime, ModelState, nameof(ClosesTime));
        return details with
        {
            Inputs = ReadInputs(),
            Opens = new UkMoment(opens ?? details.Opens.Date, opensTime, opensTime is null ? null : Second(OpensSecond)),
            Closes = new UkMoment(closes ?? details.Closes.Date, closesTime, closesTime is null ? null : Second(ClosesSecond)),
        };
    }

    protected override IEnumerable<SavedField> Saved() =>
    [
        new("Opens", ConsultationWords.At(Consultation.OpensAt)),
        new("Closes", Consultation.ClosesInWords),
        .. asked.Where(f => Consultation.Inputs.ContainsKey(f.Name)).Select(f => new SavedField(f.Label, f.Holding(Consultation.Inputs[f.Name]).InWords)),
    ];

    protected override string? FieldOf(string member)
    {
        if (member == "time-occurs-twice")
        {
            AsksWhichOfTwo = true;
            return nameof(OpensSecond);
        }

        var parts = member.Split('.');
        return parts is ["Inputs", var name] && Inputs.FindIndex(f => f.Name == name) is var index and >= 0 ? Key(index)
            : member is "closes-at-midnight" or "period-ends-before-it-opens" ? nameof(Closes)
            : member is "time-does-not-exist" ? nameof(OpensTime)
            : base.FieldOf(member);
    }

    private static string? Which(bool? second) => second switch { true => "second", false => "first", null => null };

    private static bool? Second(string? which) => which switch { "second" => true, "first" => false, _ => null };

    private string Key(int index) => Inputs[index].Kind == "date" ? $"{nameof(Inputs)}[{index.ToString(CultureInfo.InvariantCulture)}].Date" : $"{nameof(Inputs)}[{index.ToString(CultureInfo.InvariantCulture)}].Text";

    /// <summary>What was typed, under the labels and kinds that the regimes give; what none of them asks for is left out.</summary>
    private void MatchTyped()
    {
        AsksWhichOfTwo = !string.IsNullOrEmpty(OpensSecond) || !string.IsNullOrEmpty(ClosesSecond);
        Inputs = [.. asked.Select(field => Inputs.Find(i => i.Name == field.Name) is { } typed ? field with { Date = typed.Date, Text = typed.Text } : field)];
    }

    private Dictionary<string, JsonElement> ReadInputs()
    {
        Dictionary<string, JsonElement> inputs = new(StringComparer.Ordinal);
        for (var i = 0; i < Inputs.Count; i++)
        {
            if (Inputs[i].Read(ModelState, Key(i)) is { } value)
            {
                inputs[Inputs[i].Name] = value;
            }
        }

        return inputs;
    }

    private async Task Propose(Dictionary<string, JsonElement> inputs, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> regimes = Consultation.Regimes.Count > 0 ? Consultation.Regimes : ["good-practice-period"];
        var sent = await this.SendOrShowErrors(Mediator, new ProposeTimetable(regimes, inputs), cancellationToken, FieldOf);
        Proposal = sent.Value;
        if (Proposal?.EarliestLawfulClose is { } earliest)
        {
            // What was typed goes before what the model holds, so it is taken back where the model changes.
            foreach (var key in ModelState.Keys.Where(k => k == nameof(ClosesTime) || k.StartsWith(nameof(Closes) + ".", StringComparison.Ordinal)).ToList())
            {
                ModelState.Remove(key);
            }

            (Closes, ClosesTime, ClosesSecond) = (DateInput.From(earliest), null, null);
        }
    }
}

/// <summary>One date, year or list of school holidays that a regime counts from.</summary>
public sealed record InputField
{
    public string Name { get; init; } = "";

    /// <summary><c>date</c>, <c>year</c> or <c>breaks</c>.</summary>
    public string Kind { get; init; } = "date";

    public string Label { get; init; } = "";

    public string Hint { get; init; } = "";

    public DateInput Date { get; init; } = new();

    /// <summary>The year, or the school holidays, as typed.</summary>
    public string? Text { get; init; }

    /// <summary>True for those that serve warnings and belong to no regime.</summary>
    public bool IsGeneral { get; init; }

    public string? InWords => Kind == "date" ? Date.TryGetDate(out var date) ? UkTime.Spell(date) : null : Text;

    /// <summary>Each name once: an input that several regimes take is one date.</summary>
    public static List<InputField> AskedBy(IReadOnlyList<RegimeView> regimes)
    {
        var own = regimes.SelectMany(r => r.Inputs.Where(i => i.Name is not ("opens" or "closes" or "poll" or "decision" or "notice_of_election")).Select(i => (Regime: r, Input: i)))
            .GroupBy(x => x.Input.Name, StringComparer.Ordinal)
            .Select(g => new InputField
            {
                Name = g.Key,
                Kind = g.First().Input.Kind,
                Label = g.First().Input.Label,
                Hint = $"{(g.Any(x => x.Input.ChoosesVersion) ? "The version of the law follows from it. " : "")}For: {string.Join("; ", g.Select(x => x.Regime.Name))}.",
            });
        return
        [
            .. own,
            new InputField { Name = "decision", Label = "Day of the decision (optional)", Hint = "Leave it empty to use the decision date of the engagement’s plan.", IsGeneral = true },
            new InputField { Name = "poll", Label = "Polling day of an election in the area (optional)", Hint = "To be warned about the pre-election period.", IsGeneral = true },
            new InputField { Name = "notice_of_election", Label = "Day of the notice of that election (optional)", Hint = "Where it is known; otherwise it is counted back from the poll.", IsGeneral = true },
        ];
    }

    /// <summary>The field with a value that was saved.</summary>
    public InputField Holding(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } date => this with { Date = DateInput.From(date.Deserialize<DateOnly>()) },
        { ValueKind: JsonValueKind.Number } year => this with { Text = year.GetRawText() },
        { ValueKind: JsonValueKind.Array } breaks => this with { Text = TypedPeriods.Write(breaks.Deserialize<DateOnly[][]>()!) },
        _ => this,
    };

    /// <summary>What was typed as the timetable takes it; null where nothing was, or where it cannot be read and the model state says so.</summary>
    public JsonElement? Read(ModelStateDictionary state, string key)
    {
        switch (Kind)
        {
            case "date":
                return Date.Read(state, key, Label.Replace(" (optional)", "", StringComparison.Ordinal)) is { } date ? JsonSerializer.SerializeToElement(date) : null;
            case "year" when string.IsNullOrWhiteSpace(Text):
                return null;
            case "year" when int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year):
                return JsonSerializer.SerializeToElement(year);
            case "year":
                state.AddModelError(key, "Enter a year of 4 digits, such as 2027");
                return null;
            default:
                var periods = TypedPeriods.Read(Text, out var wrong);
                if (wrong is not null)
                {
                    state.AddModelError(key, $"Write each school holiday on a line of its own, such as 19 December 2026 to 3 January 2027. This cannot be read: {wrong}");
                    return null;
                }

                return periods.Count == 0 ? null : JsonSerializer.SerializeToElement(periods);
        }
    }
}
