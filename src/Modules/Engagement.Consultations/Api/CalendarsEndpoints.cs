using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Consultations.Api;

internal static class CalendarsEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        var calendars = app.MapApi("/api/v1/calendars", "Statutory timescales");
        calendars.MapGet("/", List).Requires<ListCalendars>()
            .WithName("listCalendars").WithSummary("The bank holidays that are known, and the days that the council has recorded");
        calendars.MapPost("/", Record).Requires<RecordCalendarEntry>().Idempotent<IConsultationsDb>()
            .WithName("recordCalendarEntry").WithSummary("Record days with their source; recorded timetables that they would move are listed and not changed");
        calendars.MapGet("/moved-timetables", ListMoved).Requires<ListMovedTimetables>()
            .WithName("listMovedTimetables").WithSummary("Consultations whose recorded timetable differs from what the calendar gives now");
        calendars.MapGet("/{id}", Show).Requires<ShowCalendarEntry>()
            .WithName("showCalendarEntry").WithSummary("One entry of the council's calendar");
        calendars.MapPost("/{id}/withdrawal", Withdraw).Requires<WithdrawCalendarEntry>().Idempotent<IConsultationsDb>()
            .WithName("withdrawCalendarEntry").WithSummary("Say that an entry was wrong; it stays on record and counts no more");

        var consultations = app.MapApi("/api/v1/consultations", "Consultations");
        consultations.MapGet("/{id}/timetable/moves", FindMoved).Requires<FindMovedTimetable>()
            .WithName("findMovedTimetable").WithSummary("What days that were recorded later would move in its recorded timetable");
        consultations.MapPost("/{id}/timetable/takeover", TakeOver).Requires<TakeOverTimetable>().Idempotent<IConsultationsDb>()
            .WithName("takeOverTimetable").WithSummary("Record its timetable as it is counted now; opening and close stay as announced");
    }

    private static async Task<Ok<CalendarsView>> List(IMediator mediator, CancellationToken cancellationToken, string? kind = null, bool withdrawn = false) =>
        TypedResults.Ok(await mediator.Send(new ListCalendars(QueryValue.Read<CalendarEntryKind>(kind, nameof(kind)), withdrawn), cancellationToken));

    private static async Task<Created<CalendarChange>> Record(CalendarEntryRequest body, IMediator mediator, CancellationToken cancellationToken)
    {
        var change = await mediator.Send(
            new RecordCalendarEntry(body.Kind, body.Title, body.FirstDay, body.LastDay, body.NoticeOn, body.Source, body.SourceAddress), cancellationToken);
        return TypedResults.Created($"/api/v1/calendars/{change.Entry.Id}", change);
    }

    private static async Task<Ok<IReadOnlyList<MovedTimetable>>> ListMoved(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListMovedTimetables(), cancellationToken));

    private static async Task<Ok<CalendarEntryView>> Show(CalendarEntryId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowCalendarEntry(id), cancellationToken));

    private static async Task<Ok<CalendarChange>> Withdraw(CalendarEntryId id, EntryWithdrawalRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new WithdrawCalendarEntry(id, body.Reason), cancellationToken));

    private static async Task<Ok<MovedTimetableOrNone>> FindMoved(ConsultationId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new FindMovedTimetable(id), cancellationToken));

    private static async Task<Ok<ConsultationView>> TakeOver(ConsultationId id, IfMatch ifMatch, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var consultation = await mediator.Send(new TakeOverTimetable(id, ifMatch.Version), cancellationToken);
        response.SetETag(consultation.Version);
        return TypedResults.Ok(consultation);
    }

    /// <param name="LastDay">Counted in; absent is the first day.</param>
    /// <param name="NoticeOn">Of a poll, the day of the notice of election; absent counts it back.</param>
    /// <param name="Source">Where it stands written.</param>
    internal sealed record CalendarEntryRequest(
        CalendarEntryKind? Kind = null, string? Title = null, DateOnly? FirstDay = null, string? Source = null, DateOnly? LastDay = null, DateOnly? NoticeOn = null, string? SourceAddress = null);

    internal sealed record EntryWithdrawalRequest(string? Reason = null);
}
