using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Consultations for officers, newest draft first.</summary>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Limit">1 to 200; null is 50.</param>
[RequiresScope("consultations:read")]
public sealed record ListConsultations(
    ConsultationStatus? Status = null, EngagementId? EngagementId = null, string? Cursor = null, int? Limit = null) : IQuery<Page<ConsultationRow>>;

/// <param name="OpensAt">The first instant at which a response is accepted.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
public sealed record ConsultationRow(
    ConsultationId Id,
    EngagementId EngagementId,
    string Slug,
    string Title,
    ConsultationStatus Status,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    int? ResponseCount,
    int Version);

internal sealed class ListConsultationsHandler(IConsultationsDb db) : IRequestHandler<ListConsultations, Page<ConsultationRow>>
{
    public async Task<Page<ConsultationRow>> Handle(ListConsultations request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read(request.Cursor);
        var consultations = db.Consultations.AsNoTracking();
        if (after is { } last)
        {
            consultations = consultations.Where(c => EF.Functions.LessThan(ValueTuple.Create(c.Id), ValueTuple.Create(new ConsultationId(last))));
        }

        var rows = await consultations
            .Where(c => request.Status == null || c.Status == request.Status)
            .Where(c => request.EngagementId == null || c.EngagementId == request.EngagementId)
            .OrderByDescending(c => c.Id)
            .Take(limit + 1)
            .Select(c => new ConsultationRow(
                c.Id, c.EngagementId, c.Slug, c.Content.Title, c.Status, c.Period.OpensAt, c.Period.ClosesAt, c.ResponseCount, c.Version))
            .ToListAsync(cancellationToken);
        return Cursor.Cut(rows, limit, r => r.Id.Value);
    }
}
