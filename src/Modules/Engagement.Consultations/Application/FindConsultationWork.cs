using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Consultations that an officer must soon do something about, or know of: soonest first.</summary>
/// <param name="Mine">Engagements whose drafts, openings and closings concern the officer; null means all. What waits for approval concerns everybody.</param>
[RequiresScope("consultations:read")]
public sealed record FindConsultationWork(IReadOnlyCollection<EngagementId>? Mine) : IQuery<IReadOnlyList<WaitingConsultation>>
{
    /// <summary>Days ahead of an opening or a closing from which it is listed, the day itself counted in.</summary>
    public const int DaysAhead = 14;

    /// <summary>More than anybody can do today.</summary>
    public const int Most = 300;
}

public enum ConsultationWaitsFor
{
    /// <summary>A draft: whoever writes it finishes it and puts it forward.</summary>
    Scheduling,
    Approval,
    ApprovalOfExtension,
    Opening,
    Closing,
}

/// <param name="At">The opening or the closing by which it is needed.</param>
/// <param name="IsOwn">The officer wrote it or, for a later deadline, proposed it.</param>
public sealed record WaitingConsultation(
    ConsultationId Id, EngagementId EngagementId, string Title, ConsultationWaitsFor For, DateTimeOffset At, bool IsOwn);

internal sealed class FindConsultationWorkHandler(IConsultationsDb db, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<FindConsultationWork, IReadOnlyList<WaitingConsultation>>
{
    public async Task<IReadOnlyList<WaitingConsultation>> Handle(FindConsultationWork request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var horizon = UkTime.StartOf(UkTime.DateOf(now).AddDays(FindConsultationWork.DaysAhead + 1));
        var actor = current.Actor.ToString();
        var everybodys = request.Mine is null;
        var mine = request.Mine ?? [];
        var rows = await db.Consultations.AsNoTracking().IgnoreAutoIncludes()
            .Where(c => c.Status == ConsultationStatus.AwaitingApproval
                || (c.Status == ConsultationStatus.Open && c.ProposedExtension != null)
                || ((everybodys || mine.Contains(c.EngagementId) || c.Authors.Contains(actor))
                    && (c.Status == ConsultationStatus.Draft
                        || (c.Status == ConsultationStatus.Scheduled && c.Period.OpensAt < horizon)
                        || (c.Status == ConsultationStatus.Open && c.Period.ClosesAt > now && c.Period.ClosesAt <= horizon))))
            .OrderBy(c => c.Status == ConsultationStatus.Open ? c.Period.ClosesAt : c.Period.OpensAt).ThenBy(c => c.Id)
            .Take(FindConsultationWork.Most)
            .Select(c => new
            {
                c.Id, c.EngagementId, c.Content.Title, c.Status, c.Period.OpensAt, c.Period.ClosesAt, c.Authors, c.ProposedExtension,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(c =>
            {
                var (what, at, by) = c switch
                {
                    { Status: ConsultationStatus.Open, ProposedExtension: { } proposed } => (ConsultationWaitsFor.ApprovalOfExtension, c.ClosesAt, [proposed.By]),
                    { Status: ConsultationStatus.Open } => (ConsultationWaitsFor.Closing, c.ClosesAt, c.Authors),
                    { Status: ConsultationStatus.Draft } => (ConsultationWaitsFor.Scheduling, c.OpensAt, c.Authors),
                    { Status: ConsultationStatus.AwaitingApproval } => (ConsultationWaitsFor.Approval, c.OpensAt, c.Authors),
                    _ => (ConsultationWaitsFor.Opening, c.OpensAt, c.Authors),
                };
                return new WaitingConsultation(c.Id, c.EngagementId, c.Title, what, at, by.Contains(actor, StringComparer.Ordinal));
            }),
        ];
    }
}
