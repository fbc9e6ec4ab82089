namespace Engagement.Consultations.Contracts;

/// <summary>
/// Above this many responses, or this share of all responses, a theme must be answered before the outcome can be published.
/// A theme that reaches either must be answered. Both null: every theme must be answered.
/// </summary>
/// <param name="Responses">From 1; a theme raised in at least this many responses must be answered.</param>
/// <param name="Share">Between 0 and 1; a theme raised in at least this share of the responses must be answered.</param>
public sealed record AnswerThreshold(int? Responses, decimal? Share)
{
    public static readonly AnswerThreshold EveryTheme = new(null, null);

    /// <param name="raisedIn">Responses that raise the theme.</param>
    /// <param name="of">Responses in all: the base of the share.</param>
    public bool Demands(int raisedIn, int of) =>
        (Responses is null && Share is null)
        || (Responses is { } least && raisedIn >= least)
        || (Share is { } share && of > 0 && (decimal)raisedIn / of >= share);
}
