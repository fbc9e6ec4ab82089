using Engagement.Kernel;

namespace Engagement.Access.Contracts;

/// <summary>A team has become part of another one: what belonged to it belongs to its successor from now on.</summary>
public sealed record TeamMergedV1(
    Guid EventId,
    TeamId TeamId,
    TeamId SuccessorId,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => TeamId.Value;
}
