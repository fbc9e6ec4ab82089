using System.Diagnostics.Metrics;

namespace Engagement.Platform.Operations;

/// <summary>What an operator's monitoring is told of the program's own work: numbers, and names that the program gave. Nobody's words, address or id is ever among them.</summary>
public sealed class ProgramMetrics
{
    public const string MeterName = "Engagement";

    private readonly Counter<long> responsesStored;
    private readonly Counter<long> notificationsSent;
    private readonly Gauge<int> eventsWaiting;
    private readonly Gauge<int> eventsParked;
    private readonly Gauge<int> notificationsWaiting;
    private readonly Gauge<int> notificationsFailed;
    private readonly Gauge<int> workUnfinished;
    private readonly Gauge<int> jobsFailing;
    private readonly Gauge<int> jobsLate;

    public ProgramMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        responsesStored = meter.CreateCounter<long>("engagement.responses.stored", "{response}", "Responses that were stored, by channel");
        notificationsSent = meter.CreateCounter<long>("engagement.notifications.sent", "{notification}", "Notifications that were handed over, by the way they went");
        eventsWaiting = meter.CreateGauge<int>("engagement.events.waiting", "{event}", "Events that are not handled yet");
        eventsParked = meter.CreateGauge<int>("engagement.events.parked", "{event}", "Events that wait for somebody to look at them");
        notificationsWaiting = meter.CreateGauge<int>("engagement.notifications.waiting", "{notification}", "Notifications that are neither sent nor failed");
        notificationsFailed = meter.CreateGauge<int>("engagement.notifications.failed", "{notification}", "Notifications that were given up");
        workUnfinished = meter.CreateGauge<int>("engagement.work.unfinished", "{work}", "Long work that is queued or running");
        jobsFailing = meter.CreateGauge<int>("engagement.jobs.failing", "{job}", "Jobs whose last run failed");
        jobsLate = meter.CreateGauge<int>("engagement.jobs.late", "{job}", "Jobs that should have run long since");
    }

    /// <param name="channel">Such as <c>web</c>.</param>
    public void ResponseStored(string channel) => responsesStored.Add(1, new KeyValuePair<string, object?>("channel", channel));

    /// <param name="way">Such as <c>smtp</c>.</param>
    public void NotificationsSent(int count, string way) => notificationsSent.Add(count, new KeyValuePair<string, object?>("way", way));

    public void Is(Backlog backlog)
    {
        eventsWaiting.Record(backlog.WaitingEvents);
        eventsParked.Record(backlog.ParkedEvents);
        notificationsWaiting.Record(backlog.WaitingNotifications);
        notificationsFailed.Record(backlog.FailedNotifications);
        workUnfinished.Record(backlog.UnfinishedWork);
        jobsFailing.Record(backlog.FailingJobs.Count);
        jobsLate.Record(backlog.LateJobs.Count);
    }
}
