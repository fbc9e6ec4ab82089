namespace Engagement.Participation.Application;

/// <summary>Settings under <c>Participation</c>.</summary>
public sealed class ParticipationOptions
{
    public const string Section = "Participation";

    /// <summary>Added to the answer to somebody who comes after the deadline: how comments can still be sent.</summary>
    public string LateComments { get; set; } =
        "You can still send late comments by post or e-mail to the council; they are marked as late, and an officer decides whether they count.";

    /// <summary>
    /// How long after the deadline equality answers are taken: they are asked for after the response, which may have come in the
    /// last minute.
    /// </summary>
    public TimeSpan EqualityAnswersGrace { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long before a deadline those are told who asked to be.</summary>
    public TimeSpan ClosingSoon { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long answers in progress are kept after their last change.</summary>
    public TimeSpan DraftsKept { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Answers in progress are not kept longer than this after the deadline, or after an attempt to send them that came later.</summary>
    public TimeSpan DraftsKeptAfterClose { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long before the deadline somebody who asked for it is reminded of answers in progress.</summary>
    public TimeSpan DraftReminder { get; set; } = TimeSpan.FromHours(48);
}

/// <summary>Settings under <c>Site</c>.</summary>
public sealed class SiteOptions
{
    public const string Section = "Site";

    /// <summary>The public address of the site, without a slash at its end; links in messages begin with it, never with what a request says.</summary>
    public string BaseAddress { get; set; } = "http://localhost:5080";

    internal string At(string path) => BaseAddress.TrimEnd('/') + path;
}
