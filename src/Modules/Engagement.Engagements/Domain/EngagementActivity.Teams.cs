using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Engagements.Domain;

/// <summary>To whom the engagement belongs. That is no part of the plan: giving it to another team voids no approval.</summary>
internal sealed partial class EngagementActivity
{
    /// <summary>Kept as plain ids; <see cref="Teams"/> is what the rest of the program reads.</summary>
    public Guid[] TeamIds { get; private set; } = [];

    /// <summary>Empty: it belongs to the council, and whoever holds a right everywhere looks after it.</summary>
    public IReadOnlyList<TeamId> Teams => [.. TeamIds.Select(id => new TeamId(id))];

    public void GiveTo(IEnumerable<TeamId> teams, DateTimeOffset now)
    {
        Guid[] given = [.. teams.Select(t => t.Value).Distinct().Order()];
        if (given.SequenceEqual(TeamIds))
        {
            return;
        }

        var before = TeamIds;
        TeamIds = given;
        Raise(new EngagementGivenToTeams(Id, before, given, now));
    }

    /// <summary>A team has become part of another one.</summary>
    public void FollowTeam(TeamId team, TeamId successor, DateTimeOffset now)
    {
        if (TeamIds.Contains(team.Value))
        {
            GiveTo(Teams.Select(t => t == team ? successor : t), now);
        }
    }
}
