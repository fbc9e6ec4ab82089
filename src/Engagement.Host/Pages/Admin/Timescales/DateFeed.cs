using System.Text;
using Engagement.Consultations.Application.Calendars;
using Engagement.Host.Pages.Public.Find;
using Engagement.Participation.Application;
using MediatR;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Pages.Admin.Timescales;

/// <summary>Every date of every timetable for an officer's calendar program (RFC 5545), at an address that nobody can guess.</summary>
internal static class DateFeed
{
    public static string AddressOf(string key) => $"/calendars/{key}/dates.ics";

    public static void MapDateFeed(this IEndpointRouteBuilder app) => app
        .MapGet("/calendars/{key}/dates.ics", async (string key, HttpContext http, IMediator mediator, IOptions<SiteOptions> site, CancellationToken cancellationToken) =>
        {
            var dates = await mediator.Send(new ReadDateFeed(key), cancellationToken);
            http.Response.Headers.CacheControl = "private, max-age=900";
            return Results.Bytes(Encoding.UTF8.GetBytes(Write(site.Value.BaseAddress.TrimEnd('/'), dates)), CalendarFeed.MediaType);
        })
        .AllowAnonymous().ExcludeFromDescription();

    /// <param name="site">The public address of the site, without a slash at its end.</param>
    internal static string Write(string site, IReadOnlyList<FeedDate> dates)
    {
        var text = new StringBuilder();
        foreach (var line in new[] { "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Engagement//Dates of consultations//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:Dates of consultations", "X-WR-CALNAME:Dates of consultations", "REFRESH-INTERVAL;VALUE=DURATION:PT1H" })
        {
            CalendarFeed.Line(text, line);
        }

        foreach (var date in dates)
        {
            CalendarFeed.Line(text, "BEGIN:VEVENT");
            CalendarFeed.Line(text, $"UID:{date.Id}@{new Uri(site).Host}");
            CalendarFeed.Line(text, $"DTSTAMP:{CalendarFeed.Instant(date.ChangedAt)}");
            foreach (var line in CalendarFeed.OnDay(date.On))
            {
                CalendarFeed.Line(text, line);
            }

            CalendarFeed.Line(text, $"SUMMARY:{CalendarFeed.Escape($"{date.What}: {date.Title}")}");
            if (date.Detail is { } detail)
            {
                CalendarFeed.Line(text, $"DESCRIPTION:{CalendarFeed.Escape(detail)}");
            }

            CalendarFeed.Line(text, $"URL:{site}/admin/consultations/{date.ConsultationId}/timetable");
            CalendarFeed.Line(text, "TRANSP:TRANSPARENT");
            CalendarFeed.Line(text, "END:VEVENT");
        }

        CalendarFeed.Line(text, "END:VCALENDAR");
        return text.ToString();
    }
}
