using Engagement.Participation.Application.Drafts;
using Engagement.Platform.Jobs;
using Quartz;

namespace Engagement.Participation.Infrastructure.Jobs;

/// <summary>Every five minutes, deletes answers in progress whose time is over. Nobody is shown them before that either: the clock decides.</summary>
[DisallowConcurrentExecution]
internal sealed class RemoveExpiredDraftsJob(Sweep sweep) : IJob
{
    public const string Name = "remove-expired-drafts";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sweep.Run(Name, (_, _) => Task.FromResult(new List<string> { "expired drafts" }), _ => new RemoveExpiredDrafts(), cancellationToken);
}
