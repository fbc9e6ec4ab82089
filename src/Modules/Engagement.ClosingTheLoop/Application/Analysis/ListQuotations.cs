using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Quotations of a consultation in the order in which they were first proposed.</summary>
[RequiresScope("outcomes:read")]
public sealed record ListQuotations(ConsultationId ConsultationId, string? Cursor, int? Limit) : IQuery<Page<QuotationRow>>;

/// <param name="Text">The participant's words; empty once withdrawn.</param>
public sealed record QuotationRow(QuotationId Id, ResponseId ResponseId, string QuestionCode, string Text, QuotationStatus Status, int Version);

internal sealed class ListQuotationsHandler(IClosingTheLoopDb db) : IRequestHandler<ListQuotations, Page<QuotationRow>>
{
    public async Task<Page<QuotationRow>> Handle(ListQuotations request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read(request.Cursor);
        var rows = await db.Read<Row>(
            $"""
            select id as "Id", response_id as "ResponseId", question_code as "QuestionCode", text as "Text", status as "Status", version as "Version"
              from closing_the_loop.quotation
             where consultation_id = {request.ConsultationId.Value} and ({after}::uuid is null or id > {after}::uuid)
             order by id limit {limit + 1}
            """).ToListAsync(cancellationToken);
        return Cursor.Cut(
            [.. rows.Select(r => new QuotationRow(new QuotationId(r.Id), new ResponseId(r.ResponseId), r.QuestionCode, r.Text, Enum.Parse<QuotationStatus>(r.Status), r.Version))],
            limit,
            r => r.Id.Value);
    }

    private sealed record Row(Guid Id, Guid ResponseId, string QuestionCode, string Text, string Status, int Version);
}
