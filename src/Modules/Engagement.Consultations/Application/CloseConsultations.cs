using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Consultations.Application;

/// <summary>Records that the deadlines of these consultations have passed; each is closed once Participation has sealed what arrived in time.</summary>
[InternalRequest]
public sealed record CloseConsultations(IReadOnlyList<ConsultationId> Ids) : ICommand<int>;

internal sealed class CloseConsultationsHandler(IConsultationsDb db, IOptions<ConsultationsOptions> options, TimeProvider clock)
    : IRequestHandler<CloseConsultations, int>
{
    /// <returns>How many were recorded; the others are left to the next look at the database, or are not due any more.</returns>
    public async Task<int> Handle(CloseConsultations request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var locked = await db.TryLock(request.Ids, cancellationToken);
        var consultations = await db.Consultations.Where(c => locked.Contains(c.Id)).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();

        // Some may have been closed, extended or withdrawn since the job looked.
        var due = consultations.FindAll(c => c.Status == ConsultationStatus.Open && now >= c.Period.ClosesAt);
        due.ForEach(c => c.BeginClosing(options.Value.DrainWindow, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return due.Count;
    }
}
