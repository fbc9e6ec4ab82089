using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Consultations.Infrastructure.Jobs;

/// <summary>Every ten minutes, reminds the lead officers of open consultations whose review at the middle is due and who have not been reminded.</summary>
[DisallowConcurrentExecution]
internal sealed class RemindOfMidPointsJob(Sweep sweep, TimeProvider clock) : IJob
{
    public const string Name = "remind-of-mid-point-reviews";

    private const int AtOnce = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sweep.Run(Name, FindDue, id => new RemindOfMidPoint(id), cancellationToken);

    private async Task<List<ConsultationId>> FindDue(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<IConsultationsDb>();
        var now = clock.GetUtcNow();

        // Few are open at once, and when the middle has come is no column.
        var open = await db.Consultations.AsNoTracking()
            .Where(c => c.Status == ConsultationStatus.Open && c.Period.ClosesAt > now && db.Assurances.Any(a => a.ConsultationId == c.Id && a.MidPoint == null))
            .OrderBy(c => c.Period.ClosesAt)
            .Select(c => new { c.Id, c.Period.OpensAt, c.Period.ClosesAt })
            .ToListAsync(cancellationToken);
        var due = open.Where(c => now >= ConsultationAssurance.MidPointOf(c.OpensAt, c.ClosesAt)).Select(c => c.Id).ToList();
        var known = due.Select(MidPointReminder.ReferenceOf).ToList();
        var reminded = await db.Notifications.AsNoTracking().Where(n => known.Contains(n.Reference)).Select(n => n.Reference).ToListAsync(cancellationToken);
        return [.. due.Where(id => !reminded.Contains(MidPointReminder.ReferenceOf(id), StringComparer.Ordinal)).Take(AtOnce)];
    }
}
