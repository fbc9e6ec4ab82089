namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>The embedded server could not be started or stopped. The message names the step, the reason and the remedy.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    public EmbeddedPostgresException(string step, string reason, string remedy, Exception? innerException = null)
        : base($"{step} failed: {reason.TrimEnd().TrimEnd('.')}. Remedy: {remedy}", innerException)
    {
        Step = step;
        Reason = reason;
        Remedy = remedy;
    }

    public string Step { get; }

    public string Reason { get; }

    public string Remedy { get; }
}
