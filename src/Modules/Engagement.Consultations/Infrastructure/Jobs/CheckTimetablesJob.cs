using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Consultations.Infrastructure.Jobs;

/// <summary>
/// Every minute, holds recorded timetables against the calendar where it has changed since they were looked at: those that were
/// recorded, or were being changed by somebody, while an administrator changed the calendar.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class CheckTimetablesJob(Sweep sweep) : IJob
{
    public const string Name = "check-timetables-against-the-calendar";

    private const int AtOnce = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sweep.Run(Name, FindDue, id => new CheckTimetable(id), cancellationToken);

    private static async Task<List<ConsultationId>> FindDue(IServiceProvider services, CancellationToken cancellationToken)
    {
        var known = await services.GetRequiredService<ITimescales>().Read(cancellationToken);
        return known.Entries.Count == 0
            ? []
            : await services.GetRequiredService<IConsultationsDb>().TimetablesToCheck(known.CalendarChanges).Take(AtOnce).ToListAsync(cancellationToken);
    }
}
