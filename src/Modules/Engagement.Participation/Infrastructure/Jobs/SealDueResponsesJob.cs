using Engagement.Participation.Application;
using Engagement.Participation.Application.Responses;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Participation.Infrastructure.Jobs;

/// <summary>Every second, seals the sets of responses whose drain window is over.</summary>
[DisallowConcurrentExecution]
internal sealed class SealDueResponsesJob(Sweep sweep, TimeProvider clock) : IJob
{
    public const string Name = "seal-due-responses";
    private const int InAGroup = 50;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sweep.RunInGroups(
            Name,
            InAGroup,
            (services, token) =>
            {
                var now = clock.GetUtcNow();
                return services.GetRequiredService<IParticipationDb>().Forms
                    .Where(f => f.SealedAt == null && f.SealAt != null && f.SealAt <= now && !f.IsWithdrawn)
                    .OrderBy(f => f.SealAt)
                    .Select(f => f.ConsultationId)
                    .Take(1000)
                    .ToListAsync(token);
            },
            ids => new SealResponses(ids),
            cancellationToken);
}
