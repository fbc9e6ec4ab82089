using Engagement.Participation.Application;
using Engagement.Participation.Application.Telling;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Participation.Infrastructure.Jobs;

/// <summary>Every hour, deletes addresses that somebody typed and nobody confirmed within a week.</summary>
[DisallowConcurrentExecution]
internal sealed class ForgetUnconfirmedJob(Sweep sweep, TimeProvider clock) : IJob
{
    public const string Name = "forget-unconfirmed";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await sweep.Run(
        Name,
        async (services, token) =>
        {
            var now = clock.GetUtcNow();
            return await services.GetRequiredService<IParticipationDb>().UpdatesRequests.AnyAsync(r => r.ExpiresAt <= now, token) ? [now] : new List<DateTimeOffset>();
        },
        _ => new ForgetUnconfirmed(),
        cancellationToken);
}
