using Quartz;

namespace Engagement.Platform.Notifications;

/// <summary>Sends what is queued until nothing waits. Several workers may send at once: each claims its own.</summary>
internal sealed class SendNotificationsJob(NotificationSender sender) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        while (await sender.SendDueAsync(cancellationToken) > 0)
        {
        }
    }
}
