using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>What is still owed to those who answered: loops that are not closed, and promises that are due.</summary>
/// <param name="Mine">Consultations to look at; null means all.</param>
[RequiresScope("outcomes:read")]
public sealed record FindLoopWork(IReadOnlyCollection<ConsultationId>? Mine) : IQuery<LoopWork>
{
    /// <summary>Days ahead of its due date from which a promise is listed, the day itself counted in.</summary>
    public const int DaysAhead = 14;

    /// <summary>More than anybody can do today.</summary>
    public const int Most = 200;
}

/// <param name="Loops">By the day on which the outcome is due.</param>
/// <param name="Commitments">By their own due dates.</param>
public sealed record LoopWork(IReadOnlyList<OpenLoop> Loops, IReadOnlyList<CommitmentDue> Commitments);

/// <param name="DueOn">The last UK day on which the outcome is in time.</param>
/// <param name="CodedResponses">Responses of which at least one text is coded.</param>
/// <param name="CandidateQuotations">Quotations that wait for clearance, those chosen by the officer left out: somebody else clears.</param>
/// <param name="IsPublished">Something is published, but it says only what happens next.</param>
public sealed record OpenLoop(
    ConsultationId ConsultationId,
    string Title,
    DateOnly DueOn,
    int Responses,
    int CodedResponses,
    bool IsCoded,
    bool IsDecided,
    bool IsPublished,
    int CandidateQuotations);

public sealed record CommitmentDue(CommitmentId Id, ConsultationId ConsultationId, string Title, string Text, string Owner, DateOnly DueOn);

internal sealed class FindLoopWorkHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<FindLoopWork, LoopWork>
{
    public async Task<LoopWork> Handle(FindLoopWork request, CancellationToken cancellationToken)
    {
        var everybodys = request.Mine is null;
        Guid[] mine = [.. (request.Mine ?? []).Select(c => c.Value)];
        var actor = current.Actor.ToString();
        var loops = await db.Read<LoopRow>(
            $"""
            select l.consultation_id as "ConsultationId", l.title as "Title", l.outcome_due_on as "DueOn", l.sealed_responses as "Responses",
                   (select count(*)::int from closing_the_loop.response_coding c where c.consultation_id = l.consultation_id) as "CodedResponses",
                   l.coding_completed_at is not null as "IsCoded", l.decision is not null as "IsDecided", l.published_version > 0 as "IsPublished",
                   (select count(*)::int from closing_the_loop.quotation q
                     where q.consultation_id = l.consultation_id and q.status = 'Candidate' and {actor} <> all (q.authors)) as "CandidateQuotations"
              from closing_the_loop.loop l
             where l.closed_loop_at is null and ({everybodys} or l.consultation_id = any ({mine}))
             order by l.outcome_due_on, l.consultation_id limit {FindLoopWork.Most}
            """).ToListAsync(cancellationToken);
        var until = UkTime.DateOf(clock.GetUtcNow()).AddDays(FindLoopWork.DaysAhead);
        var commitments = await db.Read<CommitmentRow>(
            $"""
            select c.id as "Id", c.consultation_id as "ConsultationId", l.title as "Title", c.text as "Text", c.owner as "Owner", c.due_on as "DueOn"
              from closing_the_loop.commitment c
              join closing_the_loop.loop l on l.consultation_id = c.consultation_id
             where c.published_in is not null and c.status in ('Promised', 'InProgress') and c.due_on <= {until}
               and ({everybodys} or c.consultation_id = any ({mine}))
             order by c.due_on, c.id limit {FindLoopWork.Most}
            """).ToListAsync(cancellationToken);
        return new LoopWork(
            [
                .. loops.Select(l => new OpenLoop(
                    new ConsultationId(l.ConsultationId), l.Title, l.DueOn, l.Responses, l.CodedResponses, l.IsCoded, l.IsDecided, l.IsPublished, l.CandidateQuotations)),
            ],
            [.. commitments.Select(c => new CommitmentDue(new CommitmentId(c.Id), new ConsultationId(c.ConsultationId), c.Title, c.Text, c.Owner, c.DueOn))]);
    }

    private sealed record LoopRow(
        Guid ConsultationId, string Title, DateOnly DueOn, int Responses, int CodedResponses, bool IsCoded, bool IsDecided, bool IsPublished, int CandidateQuotations);

    private sealed record CommitmentRow(Guid Id, Guid ConsultationId, string Title, string Text, string Owner, DateOnly DueOn);
}
