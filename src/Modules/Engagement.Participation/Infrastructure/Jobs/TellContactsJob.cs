using Engagement.Participation.Application;
using Engagement.Participation.Application.Telling;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Participation.Infrastructure.Jobs;

/// <summary>Every two seconds, queues what is to be told to people who left an address: batch after batch until nothing is left.</summary>
[DisallowConcurrentExecution]
internal sealed class TellContactsJob(Sweep sweep) : IJob
{
    public const string Name = "tell-contacts";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        int open;
        do
        {
            open = 0;
            await sweep.Run(
                Name,
                async (services, token) =>
                {
                    var due = await services.GetRequiredService<IParticipationDb>().Announcements
                        .Where(a => a.CompletedAt == null)
                        .OrderBy(a => a.CreatedAt)
                        .Select(a => a.Id)
                        .Take(50)
                        .ToListAsync(token);
                    open = due.Count;
                    return due;
                },
                id => new TellContacts(id),
                cancellationToken);
        }
        while (open > 0 && !cancellationToken.IsCancellationRequested);
    }
}
