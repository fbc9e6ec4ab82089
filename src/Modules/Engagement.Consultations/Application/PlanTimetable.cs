using System.Text.Json;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>
/// When to open and to close: the first lawful and the first advisable dates from a day on, or the last ones before a decision.
/// It needs no consultation and stores nothing.
/// </summary>
/// <param name="Regimes">At least one id, such as <c>tro-permanent</c>; several combine to the strictest.</param>
/// <param name="Inputs">As for <see cref="CalculateTimetable"/>; an opening and a close among them are ignored. A date that starts a regime's clock and is not given is taken to be the opening.</param>
/// <param name="From">The first day on which it could open; null is today. Not with <paramref name="DecisionOn"/>.</param>
/// <param name="DecisionOn">The day of the decision, to plan backwards from.</param>
[RequiresScope("consultations:read")]
public sealed record PlanTimetable(
    IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs, DateOnly? From = null, DateOnly? DecisionOn = null) : IQuery<TimetablePlanView>;

/// <param name="Backwards">True where it was planned from the decision: then the last dates that will do are given, otherwise the first.</param>
/// <param name="Lawful">Null where no dates within two years meet the law.</param>
/// <param name="Advisable">The law, good practice, and nothing to advise against: no August, no Christmas, no election, time to consider; null where there are none within two years.</param>
/// <param name="Explanation">In a few sentences.</param>
public sealed record TimetablePlanView(bool Backwards, PlannedPeriodView? Lawful, PlannedPeriodView? Advisable, string Explanation);

/// <param name="Closes">The last day for responses, counted in.</param>
/// <param name="DecidedBy">The rule that decides the close, such as <c>tro-permanent/min_close</c>; null where no law fixes one.</param>
public sealed record PlannedPeriodView(DateOnly Opens, DateOnly Closes, string? DecidedBy, TimetableView Timetable);

internal sealed class PlanTimetableValidator : AbstractValidator<PlanTimetable>
{
    public PlanTimetableValidator()
    {
        RuleFor(q => new CalculateTimetable(q.Regimes, q.Inputs, null)).SetValidator(new CalculateTimetableValidator()).OverridePropertyName("");
        RuleFor(q => q.From).Null().When(q => q.DecisionOn is not null).WithMessage("Plan either from a first day or from the day of the decision, not from both");
        RuleFor(q => q.From).Must(IsPlausible).WithMessage("Choose a first day from 1900 to 2199");
        RuleFor(q => q.DecisionOn).Must(IsPlausible).WithMessage("Choose a day of the decision from 1900 to 2199");
    }

    /// <summary>With room for the two years that are looked through.</summary>
    private static bool IsPlausible(DateOnly? day) =>
        day is not { } given || (given >= TimetableInputs.FirstDate.AddDays(TimetablePlanner.MostDays) && given <= TimetableInputs.LastDate.AddDays(-TimetablePlanner.MostDays));
}

internal sealed class PlanTimetableHandler(ITimescales timescales, TimeProvider clock) : IRequestHandler<PlanTimetable, TimetablePlanView>
{
    public async Task<TimetablePlanView> Handle(PlanTimetable request, CancellationToken cancellationToken)
    {
        var planner = new TimetablePlanner(await timescales.Now(cancellationToken));
        var inputs = TimetableInputs.Read(request.Inputs, (name, reason) => throw new ArgumentException($"{name}: {reason}", nameof(request)));
        var backwards = request.DecisionOn is not null;
        var plan = request.DecisionOn is { } decision
            ? planner.Backwards([.. request.Regimes], inputs, decision)
            : planner.Forwards([.. request.Regimes], inputs, request.From ?? UkTime.DateOf(clock.GetUtcNow()));
        return new TimetablePlanView(backwards, ViewOf(plan.Lawful), ViewOf(plan.Advisable), Explain(plan, backwards));
    }

    private static PlannedPeriodView? ViewOf(PlannedPeriod? period) => period is null ? null : new(
        period.Opens,
        period.Closes,
        period.Timetable.Proposal.DecidedBy is { } step ? $"{step.Regime.Id}/{step.Key}" : null,
        TimetableView.Of(period.Timetable));

    private static string Explain(TimetablePlan plan, bool backwards)
    {
        if (plan.Lawful is not { } lawful)
        {
            return backwards
                ? "No opening within two years before that decision meets the law. Give the dates that the regimes count from, or decide later."
                : "No opening within two years meets the law. Give the dates that the regimes count from, or choose another first day.";
        }

        var which = backwards ? "latest" : "earliest";
        var decides = lawful.Timetable.Proposal.DecidedBy is { } step ? $" {step.Regime.Name} decides ({step.Rule.Citation}): {step.Working}" : " No law fixes how long it must run.";
        var advice = plan.Advisable is { } advisable
            ? $"The {which} advisable dates are {UkTime.Spell(advisable.Opens)} to {UkTime.Spell(advisable.Closes)}: good practice is kept and nothing speaks against them."
            : "No dates within two years are without something to consider: compare what is found for the lawful ones.";
        return $"The {which} lawful opening is {UkTime.Spell(lawful.Opens)}, with {UkTime.Spell(lawful.Closes)} as the last day.{decides} {advice}";
    }
}
