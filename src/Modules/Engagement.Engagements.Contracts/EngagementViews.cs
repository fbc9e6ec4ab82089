namespace Engagement.Engagements.Contracts;

/// <summary>The read-only view that Engagements publishes. Its columns never change; a new shape is <c>v2</c>.</summary>
public static class EngagementViews
{
    /// <summary>
    /// One row for each engagement that the public may know of and that has no consultation: <c>engagement_id uuid, reference text, title text, summary
    /// text, search_words tsvector, begins_on date, last_day date, last_told_on date, stage text</c> (<c>live</c>, <c>done</c> or <c>cancelled</c>),
    /// <c>cancellation_reason text, areas text[], audiences text[]</c>. Nothing of a plan that is not approved is in it.
    /// </summary>
    public const string PublicEngagements = "engagements.v1_public_engagements";
}
