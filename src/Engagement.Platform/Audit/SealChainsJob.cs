using Engagement.Platform.Jobs;
using Quartz;

namespace Engagement.Platform.Audit;

/// <summary>Every minute, seals the ends of the chains of history.</summary>
[DisallowConcurrentExecution]
internal sealed class SealChainsJob(ChainSealer sealer, JobRuns runs) : IJob
{
    public const string Name = "seal-chains";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        runs.Did(Name, await sealer.SealAsync(cancellationToken));
}
