using Engagement.Participation.Application;
using Engagement.Participation.Application.Telling;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace Engagement.Participation.Infrastructure.Jobs;

/// <summary>Every minute, finds consultations that close soon and of which those who asked have not been told.</summary>
[DisallowConcurrentExecution]
internal sealed class AnnounceClosingSoonJob(Sweep sweep, TimeProvider clock, IOptions<ParticipationOptions> options) : IJob
{
    public const string Name = "announce-closing-soon";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await sweep.Run(
        Name,
        (services, token) => services.GetRequiredService<IParticipationDb>().ToAnnounce(options.Value.ClosingSoon, clock.GetUtcNow())
            .OrderBy(f => f.ClosesAt).Select(f => f.ConsultationId).Take(200).ToListAsync(token),
        id => new AnnounceClosingSoon(id),
        cancellationToken);
}
