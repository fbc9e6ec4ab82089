using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>
/// What happened to an engagement, to its consultations and to what came of them, newest first. What one module only notes
/// because another told it is left out: it would say the same thing twice.
/// </summary>
/// <param name="Number">Of the page, from 1; one beyond the last shows the last.</param>
[RequiresScope("engagements:read")]
public sealed record ShowTimeline(EngagementId Id, int Number = 1) : IQuery<TimelinePage>
{
    public const int PageSize = 30;

    /// <summary>Events that echo another one.</summary>
    public static readonly IReadOnlyList<string> Echoes =
        ["ConsultationProgressed", "ConsultationLeftOut", "ConsultationTakenUpForConsideration", "ConsultationDecided", "ConsultationAnswered", "ResponseFormChanged", "ResponseFormClosing", "ResponsesSealed"];
}

/// <param name="Consultations">Every one of the engagement, by id: rows name them.</param>
public sealed record TimelinePage(
    string Title, string Reference, IReadOnlyList<AggregateHistoryRow> Rows, IReadOnlyDictionary<Guid, string> Consultations, int Total, int Number)
{
    public int Pages => Math.Max(1, (Total + ShowTimeline.PageSize - 1) / ShowTimeline.PageSize);
}

internal sealed class ShowTimelineHandler(IEngagementsDb db, IMediator mediator, ICurrentActor current, AggregateHistory history) : IRequestHandler<ShowTimeline, TimelinePage>
{
    public async Task<TimelinePage> Handle(ShowTimeline request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        var consultations = current.Has("consultations:read")
            ? await mediator.Send(new FindConsultationsOfEngagement(request.Id), cancellationToken)
            : [];
        Guid[] aggregates = [request.Id.Value, .. consultations.Select(c => c.Id.Value)];
        var number = Math.Max(1, request.Number);
        var page = await history.ReadNewestAsync(aggregates, ShowTimeline.Echoes, number, ShowTimeline.PageSize, cancellationToken);
        return new TimelinePage(
            engagement.Title, engagement.Reference, page.Rows, consultations.ToDictionary(c => c.Id.Value, c => c.Title), page.Total, page.Number);
    }
}
