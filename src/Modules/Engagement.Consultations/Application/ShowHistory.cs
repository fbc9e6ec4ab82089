using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.Platform.Web;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>Who did what when and why, in every module that keeps a record under the consultation's id; oldest first.</summary>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Limit">1 to 200; null is 50.</param>
[RequiresScope("consultations:read")]
public sealed record ShowHistory(ConsultationId Id, string? Cursor = null, int? Limit = null) : IQuery<Page<AggregateHistoryRow>>;

internal sealed class ShowHistoryHandler(IConsultationsDb db, AggregateHistory history) : IRequestHandler<ShowHistory, Page<AggregateHistoryRow>>
{
    public async Task<Page<AggregateHistoryRow>> Handle(ShowHistory request, CancellationToken cancellationToken)
    {
        await db.Load(request.Id, cancellationToken);
        return await history.ReadAsync(request.Id.Value, request.Cursor, Cursor.Limit(request.Limit), cancellationToken);
    }
}
