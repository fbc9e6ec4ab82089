using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Platform.Application;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Quotations of a consultation in the order in which they were first proposed.</summary>
[RequiresScope("outcomes:read")]
public sealed record ListQuotations(ConsultationId ConsultationId, string? Cursor, int? Limit) : IQuery<Page<QuotationRow>>;

/// <param name="Text">The participant's words; empty once withdrawn, and until they are cleared for whoever may not read responses.</param>
/// <param name="Reference">Of the response it was taken from; null where that has been withdrawn.</param>
/// <param name="ConsentToPublish">The participant agreed that the response may be published, and it still counts.</param>
/// <param name="Authors">Who chose the words: none of them may clear it.</param>
public sealed record QuotationRow(
    QuotationId Id, ResponseId ResponseId, string QuestionCode, string Text, QuotationStatus Status, int Version, string? Reference, bool ConsentToPublish, IReadOnlyList<string> Authors);

internal sealed class ListQuotationsHandler(IClosingTheLoopDb db, IRights rights) : IRequestHandler<ListQuotations, Page<QuotationRow>>
{
    public async Task<Page<QuotationRow>> Handle(ListQuotations request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read(request.Cursor);
        var rows = await db.Read<Row>(
            $"""
            select q.id as "Id", q.response_id as "ResponseId", q.question_code as "QuestionCode", q.text as "Text", q.status as "Status", q.version as "Version",
                   r.reference as "Reference", coalesce(r.consent_to_publish, false) as "Consent", q.authors as "Authors"
              from closing_the_loop.quotation q
              left join participation.v1_responses r on r.consultation_id = q.consultation_id and r.response_id = q.response_id
             where q.consultation_id = {request.ConsultationId.Value} and ({after}::uuid is null or q.id > {after}::uuid)
             order by q.id limit {limit + 1}
            """).ToListAsync(cancellationToken);
        if (rows.Count == 0 && !await db.Loops.AnyAsync(l => l.ConsultationId == request.ConsultationId, cancellationToken))
        {
            throw Loops.NotClosed();
        }

        var mayReadResponses = await rights.May("participation:read", request.ConsultationId, cancellationToken);
        return Cursor.Cut(
            [.. rows.Select(r => new QuotationRow(
                new QuotationId(r.Id), new ResponseId(r.ResponseId), r.QuestionCode, mayReadResponses || r.Status == nameof(QuotationStatus.Cleared) ? r.Text : "", Enum.Parse<QuotationStatus>(r.Status), r.Version, r.Reference is null ? null : ShownReference.Of(r.Reference), r.Consent, r.Authors))],
            limit,
            r => r.Id.Value);
    }

    private sealed record Row(Guid Id, Guid ResponseId, string QuestionCode, string Text, string Status, int Version, string? Reference, bool Consent, string[] Authors);
}
