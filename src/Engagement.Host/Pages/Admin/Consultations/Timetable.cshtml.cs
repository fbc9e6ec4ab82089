using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>The timetable as a picture and a table, what is wrong with it, and the way to an approver.</summary>
[Authorize("consultations:read")]
public sealed class TimetableModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Why good practice is departed from, for each risk.</summary>
    [BindProperty]
    public List<ReasonField> Reasons { get; set; } = [];

    public ConsultationTimetableView Timetable { get; private set; } = null!;

    public TimetableShown Shown { get; private set; } = null!;

    public IReadOnlyList<RegimeView> Regimes { get; private set; } = [];

    public ConsultationReadinessView Readiness { get; private set; } = null!;

    public DateOnly? Decision { get; private set; }

    /// <summary>What the calendar would move in what was recorded.</summary>
    public MovedTimetableOrNone Moved { get; private set; } = null!;

    public bool CanBePutForward => Consultation.Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval;

    public IEnumerable<FindingView> Of(string grade) => Timetable.Timetable.Findings.Where(f => f.Grade == grade);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        Version = Consultation.Version;
        Reasons = [.. AskedFor().Select(r => r with { Reason = Timetable.Reasons.GetValueOrDefault(r.Rule) })];
    }

    /// <summary>Checks the dates against the law and puts the consultation before an approver.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        Reasons = [.. AskedFor().Select(asked => asked with { Reason = Reasons.Find(r => r.Rule == asked.Rule)?.Reason })];
        var given = Reasons.Where(r => !string.IsNullOrWhiteSpace(r.Reason)).ToDictionary(r => r.Rule, r => r.Reason!, StringComparer.Ordinal);
        var sent = await this.SendOrShowErrors(Mediator, new ScheduleConsultation(Id, Version, null, given), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("The dates were checked and recorded. A colleague can approve it now.");
        return Redirect($"{Address}/approve");
    }

    /// <summary>Records the timetable as the calendar gives it now.</summary>
    public async Task<IActionResult> OnPostTakeOverAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new TakeOverTimetable(Id), cancellationToken);
        if (!sent.Succeeded)
        {
            await Prepare(cancellationToken);
            Version = Consultation.Version;
            Reasons = [.. AskedFor()];
            return Page();
        }

        this.Done("The new dates are recorded. The opening and the close are as announced.");
        return Redirect($"{Address}/timetable");
    }

    private string? FieldOf(string rule) => Reasons.FindIndex(r => r.Rule == rule) is var index and >= 0
        ? $"{nameof(Reasons)}[{index.ToString(System.Globalization.CultureInfo.InvariantCulture)}].Reason"
        : null;

    private IEnumerable<ReasonField> AskedFor() => Of("risk").Select(f => new ReasonField { Rule = FindingWords.RuleOf(f), About = f.Message }).DistinctBy(r => r.Rule);

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Timetable = await Mediator.Send(new ShowTimetable(Id), cancellationToken);
        Readiness = await Mediator.Send(new CheckReadiness(Id), cancellationToken);
        Moved = await FindMoved(cancellationToken);
        Decision = Consultation.Inputs.TryGetValue("decision", out var own) ? InputDate(own) : Readiness.DecisionOn;
        var all = await Mediator.Send(new ListRegimes(), cancellationToken);
        Regimes = [.. Timetable.Timetable.Versions.Select(v => all.FirstOrDefault(r => r.Id == v.Regime)).OfType<RegimeView>()];
        var calendar = await Mediator.Send(CalendarAround(), cancellationToken);
        Shown = TimetableShown.Of(Timetable.Timetable, Consultation, Regimes, Decision, calendar, UkTime.DateOf(Now));
    }

    /// <summary>A year on either side holds all that the picture can span.</summary>
    private ShowCalendar CalendarAround() => new(
        Consultation.Opens.Date.AddYears(-1),
        Consultation.Closes.Date.AddYears(1) is var last && last.DayNumber - Consultation.Opens.Date.DayNumber < ShowCalendar.MostDays - 400 ? last : Consultation.Opens.Date.AddYears(1),
        Consultation.Inputs.TryGetValue("poll", out var poll) ? InputDate(poll) : null,
        Consultation.Inputs.TryGetValue("notice_of_election", out var notice) ? InputDate(notice) : null);

    private static DateOnly InputDate(System.Text.Json.JsonElement value) => System.Text.Json.JsonSerializer.Deserialize<DateOnly>(value);
}

/// <summary>Why one risk is taken.</summary>
public sealed record ReasonField
{
    public string Rule { get; init; } = "";

    public string About { get; init; } = "";

    public string? Reason { get; init; }
}
