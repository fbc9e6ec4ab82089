namespace Engagement.Platform.Security;

/// <summary>A right that is held in one place only.</summary>
/// <param name="Team">For the engagements of this team; null where it is held for one engagement.</param>
/// <param name="Engagement">For this engagement; null where it is held in a team.</param>
public sealed record PlacedScope(string Scope, Guid? Team, Guid? Engagement);
