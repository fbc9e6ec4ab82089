using Engagement.Participation.Application;
using Engagement.Participation.Application.Drafts;
using Engagement.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace Engagement.Participation.Infrastructure.Jobs;

/// <summary>Every minute, reminds those who asked for it of answers that are not sent while the deadline comes near.</summary>
[DisallowConcurrentExecution]
internal sealed class RemindOfDraftsJob(Sweep sweep, TimeProvider clock, IOptions<ParticipationOptions> options) : IJob
{
    public const string Name = "remind-of-drafts";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sweep.Run(
            Name,
            (services, token) =>
            {
                var db = services.GetRequiredService<IParticipationDb>();
                var before = clock.GetUtcNow() + options.Value.DraftReminder;
                return (
                    from draft in db.Drafts
                    join form in db.Forms on draft.ConsultationId equals form.ConsultationId
                    where draft.Reminder != null && form.ClosesAt <= before
                    orderby form.ClosesAt
                    select draft.Id).Take(500).ToListAsync(token);
            },
            id => new RemindOfDraft(id),
            cancellationToken);
}
