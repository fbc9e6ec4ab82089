using System.Collections.Concurrent;
using System.Diagnostics;

namespace Engagement.TestKit;

/// <summary>
/// Counts the SQL statements of the requests that are sent while it lives, wherever the program runs in this process. Each request
/// carries the trace of the counter, so other tests that run at the same time are not counted.
/// </summary>
public sealed class StatementCounter : IDisposable
{
    private readonly ConcurrentQueue<string> statements = new();
    private readonly ActivityListener listener;
    private readonly Activity trace;

    public StatementCounter()
    {
        trace = new Activity("statements").SetIdFormat(ActivityIdFormat.W3C).Start();
        listener = new ActivityListener
        {
            // The server's own activity takes the trace over from the request's header; Npgsql's take it from there.
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Count,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>What was sent, in the order in which it ended.</summary>
    public IReadOnlyCollection<string> Statements => statements;

    public void Dispose()
    {
        listener.Dispose();
        trace.Stop();
    }

    private void Count(Activity activity)
    {
        if (activity.Source.Name == "Npgsql" && activity.TraceId == trace.TraceId
            && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
        {
            statements.Enqueue(text);
        }
    }
}
