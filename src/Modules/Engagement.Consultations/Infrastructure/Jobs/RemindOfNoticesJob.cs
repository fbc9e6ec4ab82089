using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Notices;
using Engagement.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Consultations.Infrastructure.Jobs;

/// <summary>Every ten minutes, reminds the lead officers of notices and consultees of which they have not been reminded.</summary>
[DisallowConcurrentExecution]
internal sealed class RemindOfNoticesJob(Sweep sweep, TimeProvider clock) : IJob
{
    public const string Name = "remind-of-notices-and-consultees";

    private const int AtOnce = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await sweep.Run(
        Name,
        async (services, token) => (await services.GetRequiredService<IConsultationsDb>().FindReminders(null, clock.GetUtcNow(), token))
            .Select(r => r.ConsultationId).Distinct().Take(AtOnce).ToList(),
        id => new RemindOfNotices(id),
        cancellationToken);
}
