using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Closed consultations whose outcome is late, longest overdue first.</summary>
[RequiresScope("outcomes:read")]
public sealed record ListOverdueOutcomes(string? Cursor, int? Limit) : IQuery<Page<OverdueOutcome>>;

/// <param name="DaysLate">From 1: on the due date itself an outcome is not overdue.</param>
/// <param name="OnlyNextSteps">Something is published, but it says only what happens next.</param>
public sealed record OverdueOutcome(
    ConsultationId ConsultationId, string Slug, string Title, DateOnly DueOn, int DaysLate, bool OnlyNextSteps, string Department, string Owner, string OwnerEmail);

internal sealed class ListOverdueOutcomesHandler(IClosingTheLoopDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<ListOverdueOutcomes, Page<OverdueOutcome>>
{
    public async Task<Page<OverdueOutcome>> Handle(ListOverdueOutcomes request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read(request.Cursor);
        var today = UkTime.DateOf(clock.GetUtcNow());
        var page = Cursor.Cut(
            await db.Read<Row>(
                $"""
                select consultation_id as "ConsultationId", engagement_id as "EngagementId", slug as "Slug", title as "Title", outcome_due_on as "DueOn", published_version as "PublishedVersion"
                  from closing_the_loop.loop
                 where closed_loop_at is null and outcome_due_on < {today}
                   and ({after}::uuid is null or (outcome_due_on, consultation_id) >
                       (select p.outcome_due_on, p.consultation_id from closing_the_loop.loop p where p.consultation_id = {after}::uuid))
                 order by outcome_due_on, consultation_id limit {limit + 1}
                """).ToListAsync(cancellationToken),
            limit,
            r => r.ConsultationId);

        // Who leads it now, not who led it at the close: one look-up by key for each row of the page.
        var rows = new List<OverdueOutcome>(page.Items.Count);
        foreach (var row in page.Items)
        {
            var engagement = await mediator.Send(new FindEngagement(new EngagementId(row.EngagementId)), cancellationToken)
                ?? throw new InvalidOperationException($"Consultation {row.ConsultationId} serves engagement {row.EngagementId}, which does not exist.");
            rows.Add(new OverdueOutcome(
                new ConsultationId(row.ConsultationId), row.Slug, row.Title, row.DueOn, today.DayNumber - row.DueOn.DayNumber, row.PublishedVersion > 0,
                engagement.Department, engagement.LeadOfficerName, engagement.LeadOfficerEmail));
        }

        return new Page<OverdueOutcome>(rows, page.Next);
    }

    private sealed record Row(Guid ConsultationId, Guid EngagementId, string Slug, string Title, DateOnly DueOn, int PublishedVersion);
}
