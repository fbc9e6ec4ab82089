using System.Text.Json;
using Engagement.Consultations.Application;
using Engagement.Host.Pages.Admin.Consultations;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Timescales;

/// <summary>The calculator for officers who only have a question.</summary>
[Authorize("consultations:read")]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : CalculatorPage(mediator)
{
    /// <summary><c>earliest</c>, <c>latest</c>, <c>compare</c>, or nothing for the dates alone.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateInput NewOpens { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public DateInput NewCloses { get; set; } = new();

    /// <summary>Null while nothing was asked, or where it was refused.</summary>
    public TimetableView? Timetable { get; private set; }

    public TimetableShown? Shown { get; private set; }

    public TimetablePlanView? Plan { get; private set; }

    public TimetableComparison? Comparison { get; private set; }

    public IEnumerable<SelectListItem> Others =>
        All.Where(r => Chosen.All(c => c.Id != r.Id)).GroupBy(r => r.Group, StringComparer.Ordinal)
            .SelectMany(g => new SelectListGroup { Name = g.Key } is var group ? g.Select(r => new SelectListItem(r.Name, r.Id) { Group = group }) : []);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var inputs = await Read(cancellationToken);
        if (Chosen.Count == 0)
        {
            return;
        }

        IReadOnlyList<string> regimes = [.. Chosen.Select(r => r.Id)];
        Timetable = (await this.SendOrShowErrors(Mediator, new CalculateTimetable(regimes, inputs, ClosingTime), cancellationToken, FieldOf)).Value;
        if (Timetable is not null)
        {
            Shown = await Picture(Timetable, inputs, cancellationToken);
            await Ask(regimes, inputs, cancellationToken);
        }
    }

    private async Task Ask(IReadOnlyList<string> regimes, Dictionary<string, JsonElement> inputs, CancellationToken cancellationToken)
    {
        switch (Show)
        {
            case "earliest":
                Plan = (await this.SendOrShowErrors(Mediator, new PlanTimetable(regimes, inputs, Date(inputs, "opens")), cancellationToken, FieldOf)).Value;
                break;
            case "latest" when Date(inputs, "decision") is { } decision:
                Plan = (await this.SendOrShowErrors(Mediator, new PlanTimetable(regimes, inputs, DecisionOn: decision), cancellationToken, FieldOf)).Value;
                break;
            case "latest":
                ModelState.AddModelError($"{nameof(Inputs)}[{Inputs.FindIndex(i => i.Name == "decision")}].Date", "Enter the day of the decision to plan backwards from it");
                break;
            case "compare":
                var opens = NewOpens.Read(ModelState, nameof(NewOpens), "The other opening");
                var closes = NewCloses.Read(ModelState, nameof(NewCloses), "The other last day");
                Comparison = (await this.SendOrShowErrors(Mediator, new CompareTimetables(regimes, inputs, ClosingTime, opens, closes), cancellationToken, FieldOf)).Value;
                break;
            default:
                break;
        }
    }

    /// <summary>A picture needs an opening and a close: the law's where nobody gave them.</summary>
    private async Task<TimetableShown?> Picture(TimetableView timetable, Dictionary<string, JsonElement> inputs, CancellationToken cancellationToken)
    {
        var triggers = timetable.Versions.Select(v => v.Trigger).OfType<DateOnly>().ToList();
        if ((Date(inputs, "opens") ?? (triggers.Count > 0 ? triggers.Min() : null)) is not { } opens)
        {
            return timetable.Steps.Count == 0 ? null : await Drawn(timetable.Steps.Min(s => s.Date), timetable.Steps.Min(s => s.Date));
        }

        var closes = Date(inputs, "closes") ?? timetable.EarliestLawfulClose ?? opens;
        return await Drawn(opens, closes < opens ? opens : closes);

        async Task<TimetableShown> Drawn(DateOnly first, DateOnly last)
        {
            var end = last.DayNumber - first.DayNumber < ShowCalendar.MostDays - 800 ? last.AddYears(1) : first.AddYears(1);
            var calendar = await Mediator.Send(new ShowCalendar(first.AddYears(-1), end, Date(inputs, "poll"), Date(inputs, "notice_of_election")), cancellationToken);
            return TimetableShown.Of(timetable, first, last, null, Chosen, Date(inputs, "decision"), calendar, UkTime.DateOf(clock.GetUtcNow()));
        }
    }

    private static DateOnly? Date(Dictionary<string, JsonElement> inputs, string name) => inputs.TryGetValue(name, out var value) ? value.Deserialize<DateOnly>() : null;
}
