using Engagement.Consultations.Application;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Platform.Audit;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>Everything that happened to a consultation, newest first.</summary>
[Authorize("consultations:read")]
public sealed class HistoryModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; } = 1;

    public NewestHistory Story { get; private set; } = null!;

    public IReadOnlyList<HistoryLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Story = await Mediator.Send(new ShowStory(Id, Number), cancellationToken);
        var names = await ActorNames.FindAsync(Mediator, Story.Rows.Select(r => r.Actor), cancellationToken);
        Lines = [.. Story.Rows.Select(r => new HistoryLine(EventSentences.Of(r.Event, r.Data), names.Of(r.Actor), r.At, r.Reason))];
    }

    public int Pages => Math.Max(1, (Story.Total + ShowStory.PageSize - 1) / ShowStory.PageSize);
}

/// <param name="What">In plain English.</param>
/// <param name="By">Who did it.</param>
public sealed record HistoryLine(string What, string By, DateTimeOffset At, string? Reason);
