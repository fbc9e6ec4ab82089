using System.Text.Json;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>The earliest closing date that the law allows, which regime decides it and why. It needs no consultation and stores nothing.</summary>
/// <param name="Regimes">At least one id, such as <c>tro-permanent</c>; several combine to the strictest.</param>
/// <param name="Inputs">As for <see cref="CalculateTimetable"/>; a closing date among them is ignored.</param>
[RequiresScope("consultations:read")]
public sealed record ProposeTimetable(IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs) : IQuery<TimetableProposal>;

/// <param name="EarliestLawfulClose">The last day for responses, counted in; null where none can be named.</param>
/// <param name="Explanation">In a sentence: what decides it and how it was counted, or why no date can be named and what to do.</param>
/// <param name="Minimums">What each regime that fixes a period asks for, the latest first.</param>
public sealed record TimetableProposal(DateOnly? EarliestLawfulClose, string Explanation, IReadOnlyList<RegimeMinimum> Minimums);

/// <param name="Date">The earliest last day for responses that this regime allows.</param>
/// <param name="Decides">True for the one that decides when all are taken together.</param>
public sealed record RegimeMinimum(string Regime, string Name, DateOnly Date, string Citation, string Working, bool Decides);

internal sealed class ProposeTimetableValidator : AbstractValidator<ProposeTimetable>
{
    public ProposeTimetableValidator() => RuleFor(q => new CalculateTimetable(q.Regimes, q.Inputs, null)).SetValidator(new CalculateTimetableValidator()).OverridePropertyName("");
}

internal sealed class ProposeTimetableHandler(ITimescales timescales) : IRequestHandler<ProposeTimetable, TimetableProposal>
{
    public async Task<TimetableProposal> Handle(ProposeTimetable request, CancellationToken cancellationToken)
    {
        var inputs = TimetableInputs.Read(request.Inputs, (name, reason) => throw new ArgumentException($"{name}: {reason}", nameof(request)))
            .Without(TimetableInputs.Closes);
        var timetable = (await timescales.Now(cancellationToken)).Calculate([.. request.Regimes], inputs);
        var minimums = MinimumsOf(timetable);
        var opens = inputs.Date(TimetableInputs.Opens);
        var proposed = timetable.Proposal.EarliestClose is { } earliest ? earliest < opens ? opens : earliest : null;
        return new TimetableProposal(proposed, Explain(timetable, opens), minimums);
    }

    private static List<RegimeMinimum> MinimumsOf(Timetable timetable) =>
    [
        .. from step in timetable.Steps
           where step.Regime.Check?.Minimum == step.Key
           orderby step.Date descending
           select new RegimeMinimum(
               step.Regime.Id, step.Regime.Name, step.Date, step.Rule.Citation, step.Working, ReferenceEquals(step, timetable.Proposal.DecidedBy)),
    ];

    private static string Explain(Timetable timetable, DateOnly? opens)
    {
        if (timetable.Proposal.Obstacle is { } obstacle)
        {
            return obstacle;
        }

        if (timetable.Proposal is { EarliestClose: { } earliest, DecidedBy: { } deciding })
        {
            var decides = $"{deciding.Regime.Name} decides ({deciding.Rule.Citation}): {deciding.Working}";
            return earliest < opens
                ? $"{decides} That is before the opening, so the last day can be {UkTime.Spell(opens.Value)} at the earliest."
                : $"The earliest lawful last day is {UkTime.Spell(earliest)}. {decides}";
        }

        var missing = timetable.Versions.Where(v => v.Regime.Check is { } check && !timetable.Steps.Any(s => s.Regime.Id == v.Regime.Id && s.Key == check.Minimum)).ToList();
        return missing.Count > 0
            ? $"The earliest lawful last day cannot be worked out yet. {string.Join(" ", missing.Select(v => $"{v.Regime.Name} counts from: {string.Join("; ", v.Regime.Inputs.Where(i => i.Name != TimetableInputs.Closes).Select(i => i.Label))}."))}"
            : $"No law fixes how long this must run. {Advice(timetable)}";
    }

    /// <summary>Where the law is silent, what practice asks for.</summary>
    private static string Advice(Timetable timetable)
    {
        var recommended = timetable.Steps.Where(s => s.Rule is { Kind: StepKind.Recommended, Actual: TimetableInputs.Closes }).ToList();
        return recommended.Count == 0
            ? "Give people enough time to read, think and answer."
            : $"Good practice: {string.Join("; ", recommended.Select(s => $"{s.Rule.Label}, {UkTime.Spell(s.Date)}"))}.";
    }
}
