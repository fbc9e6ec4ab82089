using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Engagements.Contracts;

/// <summary>To whom an engagement belongs; who holds a right in one of these teams holds it for the engagement. Null when there is none.</summary>
[InternalRequest]
public sealed record FindTeamsOfEngagement(EngagementId Id) : IQuery<IReadOnlyList<TeamId>?>;
