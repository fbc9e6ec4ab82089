using Engagement.Platform.Jobs;
using Quartz;

namespace Engagement.Platform.Notifications;

/// <summary>Sends what is queued until nothing waits. Several workers may send at once: each claims its own.</summary>
internal sealed class SendNotificationsJob(NotificationSender sender, JobRuns runs) : IJob
{
    public const string Name = "send-notifications";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        while (await sender.SendDueAsync(cancellationToken) is > 0 and var sent)
        {
            runs.Did(Name, sent);
        }
    }
}
