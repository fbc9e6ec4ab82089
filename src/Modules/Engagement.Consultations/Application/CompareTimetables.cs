using System.Text.Json;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>What another opening or another close would do to every date. It stores nothing.</summary>
/// <param name="Inputs">As for <see cref="CalculateTimetable"/>, as they are now.</param>
/// <param name="NewOpens">The opening as it would be: dates that start a regime's clock move by as many days; null leaves it.</param>
/// <param name="NewCloses">The last day as it would be; null leaves it.</param>
[RequiresScope("consultations:read")]
public sealed record CompareTimetables(
    IReadOnlyList<string> Regimes,
    IReadOnlyDictionary<string, JsonElement> Inputs,
    TimeOnly? ClosingTime,
    DateOnly? NewOpens,
    DateOnly? NewCloses) : IQuery<TimetableComparison>;

/// <param name="Dates">Every date of either timetable, in the order of the new ones.</param>
/// <param name="Mended">Findings that would go away.</param>
/// <param name="Raised">Findings that would come.</param>
public sealed record TimetableComparison(
    TimetableView Before, TimetableView After, IReadOnlyList<DateComparison> Dates, IReadOnlyList<FindingView> Mended, IReadOnlyList<FindingView> Raised);

/// <param name="Before">Null where the date was not there.</param>
/// <param name="After">Null where it goes away.</param>
/// <param name="Days">How many days later it falls, earlier where negative; null where there is nothing to compare.</param>
public sealed record DateComparison(string Regime, string Key, string Label, string Citation, DateOnly? Before, DateOnly? After, int? Days);

internal sealed class CompareTimetablesValidator : AbstractValidator<CompareTimetables>
{
    public CompareTimetablesValidator()
    {
        RuleFor(q => new CalculateTimetable(q.Regimes, q.Inputs, null)).SetValidator(new CalculateTimetableValidator()).OverridePropertyName("");
        RuleFor(q => q.NewCloses).NotNull().When(q => q.NewOpens is null).WithMessage("Give another opening, another close, or both");
    }
}

internal sealed class CompareTimetablesHandler(ITimescales timescales) : IRequestHandler<CompareTimetables, TimetableComparison>
{
    public async Task<TimetableComparison> Handle(CompareTimetables request, CancellationToken cancellationToken)
    {
        var calculator = await timescales.Now(cancellationToken);
        IReadOnlyList<string> regimes = [.. request.Regimes.Distinct(StringComparer.Ordinal)];
        var now = TimetableInputs.Read(request.Inputs, (name, reason) => throw new ArgumentException($"{name}: {reason}", nameof(request))) with { ClosingTime = request.ClosingTime };
        var then = request.NewOpens is { } opens ? new TimetablePlanner(calculator).OpeningOn(regimes, now, opens) : now;
        if (request.NewCloses is { } closes)
        {
            then = then.With(TimetableInputs.Closes, closes);
        }

        var before = calculator.Calculate(regimes, now);
        var after = calculator.Calculate(regimes, then);
        var (viewBefore, viewAfter) = (TimetableView.Of(before), TimetableView.Of(after));
        return new TimetableComparison(
            viewBefore,
            viewAfter,
            DatesOf(viewBefore, viewAfter),
            [.. viewBefore.Findings.Where(f => !viewAfter.Findings.Contains(f))],
            [.. viewAfter.Findings.Where(f => !viewBefore.Findings.Contains(f))]);
    }

    private static List<DateComparison> DatesOf(TimetableView before, TimetableView after) =>
    [
        .. before.Steps.Concat(after.Steps).DistinctBy(s => (s.Regime, s.Key))
            .Select(step =>
            {
                var was = before.Steps.FirstOrDefault(s => s.Regime == step.Regime && s.Key == step.Key)?.Date;
                var becomes = after.Steps.FirstOrDefault(s => s.Regime == step.Regime && s.Key == step.Key)?.Date;
                return new DateComparison(step.Regime, step.Key, step.Label, step.Citation, was, becomes, becomes?.DayNumber - was?.DayNumber);
            })
            .OrderBy(d => d.After ?? d.Before),
    ];
}
