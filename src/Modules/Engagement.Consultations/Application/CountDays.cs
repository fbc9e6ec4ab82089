using System.Text.Json;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>One date of a timetable, counted day by day.</summary>
/// <param name="Rule">Of which date, such as <c>tro-permanent/min_close</c>.</param>
[RequiresScope("consultations:read")]
public sealed record CountDays(
    IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs, TimeOnly? ClosingTime, string Rule) : IQuery<DayCountView>;

/// <summary>The same for a date of a consultation, as it is counted today.</summary>
[RequiresScope("consultations:read")]
public sealed record CountConsultationDays(ConsultationId Id, string Rule) : IQuery<DayCountView>;

/// <param name="Date">The result of the count.</param>
/// <param name="Working">The count in words.</param>
/// <param name="Days">In the order in which the law counts, forwards or backwards; for months one row for each month.</param>
public sealed record DayCountView(
    string Regime, string RegimeName, string Key, string Label, DateOnly Date, string Citation, string Working, IReadOnlyList<CountedDayView> Days);

/// <param name="Number">Counted as this day (or month), from 1; null where it is not counted.</param>
/// <param name="Why">Why it is not counted, or what else it is.</param>
public sealed record CountedDayView(DateOnly Date, string Weekday, int? Number, string? Why);

internal sealed class CountDaysValidator : AbstractValidator<CountDays>
{
    public CountDaysValidator()
    {
        RuleFor(q => new CalculateTimetable(q.Regimes, q.Inputs, null)).SetValidator(new CalculateTimetableValidator()).OverridePropertyName("");
        RuleFor(q => q.Rule).NotEmpty().WithMessage("Say which date, such as tro-permanent/min_close");
    }
}

internal sealed class CountDaysHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales)
    : IRequestHandler<CountDays, DayCountView>, IRequestHandler<CountConsultationDays, DayCountView>
{
    public async Task<DayCountView> Handle(CountDays request, CancellationToken cancellationToken)
    {
        var inputs = TimetableInputs.Read(request.Inputs, (name, reason) => throw new ArgumentException($"{name}: {reason}", nameof(request)));
        return ViewOf((await timescales.Now(cancellationToken)).Calculate([.. request.Regimes], inputs with { ClosingTime = request.ClosingTime }), request.Rule);
    }

    public async Task<DayCountView> Handle(CountConsultationDays request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        return ViewOf(consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, await timescales.Now(cancellationToken), await db.ActualDates(consultation, cancellationToken)), request.Rule);
    }

    /// <exception cref="NotFoundException">The timetable has no such date.</exception>
    private static DayCountView ViewOf(Timetable timetable, string rule)
    {
        var step = timetable.Steps.FirstOrDefault(s => $"{s.Regime.Id}/{s.Key}" == rule) ?? throw new NotFoundException("date of the timetable");
        return new DayCountView(
            step.Regime.Id,
            step.Regime.Name,
            step.Key,
            step.Rule.Label,
            step.Date,
            step.Rule.Citation,
            step.Working,
            [.. step.DayByDay().Select(d => new CountedDayView(d.Date, d.Date.DayOfWeek.ToString(), d.Number, d.Why))]);
    }
}
