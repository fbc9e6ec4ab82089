using Engagement.Access.Contracts;
using Engagement.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>What belonged to a team that was merged belongs to its successor.</summary>
internal sealed class FollowMergedTeam(IEngagementsDb db) : IIntegrationEventHandler<TeamMergedV1>
{
    public async Task Handle(TeamMergedV1 integrationEvent, CancellationToken cancellationToken)
    {
        var team = integrationEvent.TeamId.Value;
        foreach (var engagement in await db.Engagements.Where(e => e.TeamIds.Contains(team)).ToListAsync(cancellationToken))
        {
            engagement.FollowTeam(integrationEvent.TeamId, integrationEvent.SuccessorId, integrationEvent.OccurredAt);
        }
    }
}
