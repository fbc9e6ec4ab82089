using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

internal static class ClearedQuotes
{
    public static async Task<IReadOnlySet<QuotationId>> ClearedQuotations(this IClosingTheLoopDb db, ConsultationId consultation, CancellationToken cancellationToken) =>
        await db.Quotations.Where(q => q.ConsultationId == consultation && q.Status == QuotationStatus.Cleared).Select(q => q.Id).ToHashSetAsync(cancellationToken);

    /// <summary>The words of those quotations that are still cleared and whose response still counts and still consents.</summary>
    public static async Task<IReadOnlyDictionary<QuotationId, string>> WordsOf(
        this IClosingTheLoopDb db, ConsultationId consultation, IEnumerable<QuotationId> quotations, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. quotations.Select(q => q.Value).Distinct()];
        if (ids.Length == 0)
        {
            return new Dictionary<QuotationId, string>();
        }

        return await db.Read<Words>(
            $"""
            select q.id as "Id", q.text as "Text"
              from closing_the_loop.quotation q
              join participation.v1_responses r on r.consultation_id = q.consultation_id and r.response_id = q.response_id
             where q.consultation_id = {consultation.Value} and q.id = any({ids}) and q.status = 'Cleared' and r.consent_to_publish
            """).ToDictionaryAsync(w => new QuotationId(w.Id), w => w.Text, cancellationToken);
    }

    private sealed record Words(Guid Id, string Text);
}
