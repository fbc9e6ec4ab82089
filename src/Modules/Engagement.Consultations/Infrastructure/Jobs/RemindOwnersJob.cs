using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Consultations.Infrastructure.Jobs;

/// <summary>Every ten minutes, reminds the lead officers of consultations that open or close soon and of which they have not been reminded.</summary>
[DisallowConcurrentExecution]
internal sealed class RemindOwnersJob(Sweep sweep, TimeProvider clock) : IJob
{
    public const string Name = "remind-owners-of-openings-and-closings";

    private const int AtOnce = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sweep.Run(Name, FindDue, id => new RemindOwner(id), cancellationToken);

    private async Task<List<ConsultationId>> FindDue(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<IConsultationsDb>();
        var now = clock.GetUtcNow();
        var opening = now + RemindOwner.BeforeOpening;
        var closing = now + RemindOwner.BeforeClosing;
        var soon = await db.Consultations.AsNoTracking()
            .Where(c => (c.Status == ConsultationStatus.Scheduled && c.Period.OpensAt > now && c.Period.OpensAt <= opening)
                || (c.Status == ConsultationStatus.Open && c.Period.ClosesAt > now && c.Period.ClosesAt <= closing))
            .ToListAsync(cancellationToken);

        // Those reminded of already stay soon for days; the reference says which they are.
        var references = soon.ToDictionary(c => OwnerReminder.Due(c, now)!.Reference, c => c.Id, StringComparer.Ordinal);
        var known = references.Keys.ToList();
        var reminded = await db.Notifications.AsNoTracking().Where(n => known.Contains(n.Reference)).Select(n => n.Reference).ToListAsync(cancellationToken);
        return [.. references.Where(r => !reminded.Contains(r.Key, StringComparer.Ordinal)).Select(r => r.Value).Take(AtOnce)];
    }
}
