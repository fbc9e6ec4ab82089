using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>The days of a stretch of the calendar that matter to a consultation: bank holidays, and the pre-election period before a poll.</summary>
/// <param name="Poll">Polling day; null where there is none.</param>
/// <param name="NoticeOfElection">The day of the notice of that election; null where it must be counted back from the poll.</param>
[RequiresScope("consultations:read")]
public sealed record ShowCalendar(DateOnly First, DateOnly Last, DateOnly? Poll = null, DateOnly? NoticeOfElection = null) : IQuery<CalendarView>
{
    public const int MostDays = 3660;
}

/// <param name="PreElection">Both ends counted in; null where there is no poll or it cannot be worked out.</param>
/// <param name="FirstYear">The first year whose bank holidays are known.</param>
/// <param name="LastYear">The last year whose bank holidays are known; of later ones nothing is guessed.</param>
/// <param name="Source">Where the bank holidays come from.</param>
/// <param name="AsOf">The day of the last change to the source.</param>
public sealed record CalendarView(
    IReadOnlyList<BankHolidayView> BankHolidays, PeriodView? PreElection, int FirstYear, int LastYear, string Source, DateOnly AsOf);

public sealed record BankHolidayView(DateOnly Date, string Title);

/// <summary>A run of days, both ends counted in.</summary>
public sealed record PeriodView(DateOnly First, DateOnly Last);

internal sealed class ShowCalendarValidator : AbstractValidator<ShowCalendar>
{
    public ShowCalendarValidator() => RuleFor(q => q.Last)
        .Must((q, last) => last >= q.First && last.DayNumber - q.First.DayNumber <= ShowCalendar.MostDays)
        .WithMessage("The last day comes after the first, at most ten years later");
}

internal sealed class ShowCalendarHandler(ITimescales timescales) : IRequestHandler<ShowCalendar, CalendarView>
{
    public async Task<CalendarView> Handle(ShowCalendar request, CancellationToken cancellationToken)
    {
        var calendar = (await timescales.Now(cancellationToken)).Calendar;
        List<BankHolidayView> holidays = [];
        for (var date = request.First; date <= request.Last; date = date.AddDays(1))
        {
            if (calendar.Knows(date.Year) && calendar.BankHoliday(date) is { } title)
            {
                holidays.Add(new BankHolidayView(date, title));
            }
        }

        var election = request.Poll is { } poll && PeriodFindings.PreElectionPeriod(poll, request.NoticeOfElection, calendar) is { } period
            && period.First <= period.Last
            ? new PeriodView(period.First, period.Last)
            : null;
        return new CalendarView(holidays, election, calendar.FirstYear, calendar.LastYear, calendar.Source, calendar.AsOf);
    }
}
