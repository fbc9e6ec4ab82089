using Engagement.Engagements.Application;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <param name="Consultation">The one that it happened to; null where it happened to the engagement itself.</param>
public sealed record TimelineEntry(string Title, string By, DateTimeOffset At, string? Reason, (Guid Id, string Title)? Consultation);

/// <summary>What happened to the engagement and to its consultations, newest first.</summary>
[Authorize("engagements:read")]
public sealed class TimelineModel(IMediator mediator) : EngagementPage(mediator)
{
    public TimelinePage Story { get; private set; } = null!;

    public IReadOnlyList<TimelineEntry> Entries { get; private set; } = [];

    public string Count => Story.Pages > 1 ? $"{Story.Total} entries, page {Story.Number} of {Story.Pages}, newest first." : $"{Story.Total} entries, newest first.";

    public string AddressOfPage(int number) => $"{Root}/timeline?page={number}";

    public async Task OnGetAsync([FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        // A number of a page that cannot be read shows the first.
        ModelState.Clear();
        await Load(cancellationToken);
        Story = await Mediator.Send(new ShowTimeline(Id, number), cancellationToken);
        var names = await ActorNames.FindAsync(Mediator, Story.Rows.Select(r => r.Actor), cancellationToken);
        Entries =
        [
            .. Story.Rows.Select(r => new TimelineEntry(
                EventSentences.Of(r.Event, r.Data),
                names.Of(r.Actor),
                r.At,
                r.Reason,
                Story.Consultations.TryGetValue(r.AggregateId, out var title) ? (r.AggregateId, title) : null)),
        ];
    }
}
