using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Consultations.Infrastructure.Jobs;

/// <summary>
/// Every second, records the openings that have come. Responses are accepted from the instant itself; the job sets the rest going.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class OpenDueConsultationsJob(Sweep sweep, TimeProvider clock) : IJob
{
    public const string Name = "open-due-consultations";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await sweep.Run(
            Name,
            (services, token) => services.GetRequiredService<IConsultationsDb>().Consultations
                .Where(c => c.Status == ConsultationStatus.Scheduled && c.Period.OpensAt <= now)
                .OrderBy(c => c.Period.OpensAt)
                .Select(c => c.Id)
                .Take(200)
                .ToListAsync(token),
            id => new OpenConsultation(id),
            cancellationToken);
    }
}
