using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Consultations.Infrastructure.Jobs;

/// <summary>
/// Every second, records the deadlines that have passed. It is not what stops late responses: Participation holds each one's
/// arrival against the deadline.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class CloseDueConsultationsJob(Sweep sweep, TimeProvider clock) : IJob
{
    public const string Name = "close-due-consultations";

    /// <summary>Deadlines are the same for many: midnight. So many are recorded in one transaction.</summary>
    private const int InAGroup = 100;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await sweep.RunInGroups(
            Name,
            InAGroup,
            (services, token) => services.GetRequiredService<IConsultationsDb>().Consultations
                .Where(c => c.Status == ConsultationStatus.Open && c.Period.ClosesAt <= now)
                .OrderBy(c => c.Period.ClosesAt)
                .Select(c => c.Id)
                .Take(1000)
                .ToListAsync(token),
            ids => new CloseConsultations(ids),
            cancellationToken);
    }
}
