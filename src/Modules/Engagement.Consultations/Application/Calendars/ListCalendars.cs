using Engagement.Consultations.Domain.Calendars;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Consultations.Application.Calendars;

/// <summary>The calendar that timetables are counted with: the published bank holidays and what the council has recorded.</summary>
/// <param name="Kind">Null shows entries of every kind.</param>
/// <param name="IncludeWithdrawn">Also those that count no more.</param>
[RequiresScope("consultations:read")]
public sealed record ListCalendars(CalendarEntryKind? Kind = null, bool IncludeWithdrawn = false) : IQuery<CalendarsView>;

/// <summary>One entry of the council's calendar.</summary>
[RequiresScope("consultations:read")]
public sealed record ShowCalendarEntry(CalendarEntryId Id) : IQuery<CalendarEntryView>;

/// <param name="Entries">By first day, latest first.</param>
public sealed record CalendarsView(PublishedHolidays Published, IReadOnlyList<CalendarEntryView> Entries);

/// <param name="FirstYear">The first year whose bank holidays are known.</param>
/// <param name="LastYear">The last one: a count that leaves bank holidays out refuses any later year.</param>
/// <param name="AsOf">The day of the last change to the source.</param>
/// <param name="Days">Those of England and Wales, those that were recorded by hand included.</param>
public sealed record PublishedHolidays(string Source, string Licence, DateOnly AsOf, int FirstYear, int LastYear, IReadOnlyList<BankHolidayView> Days);

internal sealed class ListCalendarsHandler(ITimescales timescales)
    : IRequestHandler<ListCalendars, CalendarsView>, IRequestHandler<ShowCalendarEntry, CalendarEntryView>
{
    public async Task<CalendarsView> Handle(ListCalendars request, CancellationToken cancellationToken)
    {
        var known = await timescales.Read(cancellationToken);
        var calendar = known.Calculator.Calendar;
        return new CalendarsView(
            new PublishedHolidays(calendar.Source, calendar.Licence, calendar.AsOf, calendar.FirstYear, calendar.LastYear, [.. calendar.Days.Select(d => new BankHolidayView(d.Key, d.Value))]),
            [
                .. known.Entries
                    .Where(e => (request.Kind is null || e.Kind == request.Kind) && (request.IncludeWithdrawn || e.WithdrawnAt is null))
                    .OrderByDescending(e => e.FirstDay).ThenByDescending(e => e.RecordedAt)
                    .Select(CalendarEntryView.Of),
            ]);
    }

    public async Task<CalendarEntryView> Handle(ShowCalendarEntry request, CancellationToken cancellationToken) =>
        CalendarEntryView.Of((await timescales.Read(cancellationToken)).Entries.SingleOrDefault(e => e.Id == request.Id) ?? throw new NotFoundException("entry of the calendar"));
}
