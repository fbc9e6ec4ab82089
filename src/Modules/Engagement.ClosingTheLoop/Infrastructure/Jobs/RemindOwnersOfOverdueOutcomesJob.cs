using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.ClosingTheLoop.Infrastructure.Jobs;

/// <summary>Every hour, reminds the owners of outcomes that are late and for which this week's reminder is not out yet.</summary>
[DisallowConcurrentExecution]
internal sealed class RemindOwnersOfOverdueOutcomesJob(Sweep sweep, TimeProvider clock) : IJob
{
    public const string Name = "remind-owners-of-overdue-outcomes";

    private const int AtOnce = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sweep.Run(Name, FindOverdue, id => new RemindOwner(id), cancellationToken);

    private Task<List<ConsultationId>> FindOverdue(IServiceProvider services, CancellationToken cancellationToken)
    {
        // Each reminder that is out covers seven days.
        var today = UkTime.DateOf(clock.GetUtcNow());
        return services.GetRequiredService<IClosingTheLoopDb>().Loops
            .Where(l => l.ClosedLoopAt == null && l.OutcomeDueOn < today && l.OutcomeDueOn.AddDays(7 * l.RemindedWeek) < today)
            .OrderBy(l => l.OutcomeDueOn).ThenBy(l => l.ConsultationId)
            .Select(l => l.ConsultationId)
            .Take(AtOnce)
            .ToListAsync(cancellationToken);
    }
}
