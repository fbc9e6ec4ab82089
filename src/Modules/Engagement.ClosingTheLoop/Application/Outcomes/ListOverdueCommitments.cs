using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Promises made in public that are neither kept nor given up although their day has passed, longest overdue first.</summary>
[RequiresScope("outcomes:read")]
public sealed record ListOverdueCommitments(string? Cursor, int? Limit) : IQuery<Page<OverdueCommitment>>;

/// <param name="DaysLate">From 1: on the due date itself a promise is not overdue.</param>
public sealed record OverdueCommitment(
    CommitmentId Id, ConsultationId ConsultationId, string Slug, string Title, string Text, string Owner, DateOnly DueOn, int DaysLate, CommitmentStatus Status);

internal sealed class ListOverdueCommitmentsHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<ListOverdueCommitments, Page<OverdueCommitment>>
{
    public async Task<Page<OverdueCommitment>> Handle(ListOverdueCommitments request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read(request.Cursor);
        var today = UkTime.DateOf(clock.GetUtcNow());
        var rows = await db.Read<Row>(
            $"""
            select c.id as "Id", c.consultation_id as "ConsultationId", l.slug as "Slug", l.title as "Title", c.text as "Text", c.owner as "Owner", c.due_on as "DueOn", c.status as "Status"
              from closing_the_loop.commitment c
              join closing_the_loop.loop l on l.consultation_id = c.consultation_id
             where c.published_in is not null and c.status in ('Promised', 'InProgress') and c.due_on < {today}
               and ({after}::uuid is null or (c.due_on, c.id) > (select p.due_on, p.id from closing_the_loop.commitment p where p.id = {after}::uuid))
             order by c.due_on, c.id limit {limit + 1}
            """).ToListAsync(cancellationToken);
        return Cursor.Cut(
            [.. rows.Select(r => new OverdueCommitment(
                new CommitmentId(r.Id), new ConsultationId(r.ConsultationId), r.Slug, r.Title, r.Text, r.Owner, r.DueOn, today.DayNumber - r.DueOn.DayNumber, Enum.Parse<CommitmentStatus>(r.Status)))],
            limit,
            c => c.Id.Value);
    }

    private sealed record Row(Guid Id, Guid ConsultationId, string Slug, string Title, string Text, string Owner, DateOnly DueOn, string Status);
}
