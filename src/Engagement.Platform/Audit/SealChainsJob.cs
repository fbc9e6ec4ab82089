using Quartz;

namespace Engagement.Platform.Audit;

/// <summary>Every minute, seals the ends of the chains of history.</summary>
[DisallowConcurrentExecution]
internal sealed class SealChainsJob(ChainSealer sealer) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sealer.SealAsync(cancellationToken);
}
