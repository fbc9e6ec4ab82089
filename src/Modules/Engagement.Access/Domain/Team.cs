using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Access.Domain;

/// <summary>Colleagues to whom engagements belong. A team that ended stays, so that the history can name it.</summary>
internal sealed class Team : AggregateRoot
{
    private Team()
    {
    }

    public TeamId Id { get; private init; }

    public override Guid Identity => Id.Value;

    public string Name { get; private set; } = "";

    /// <summary>Of the council; empty where nobody said.</summary>
    public string Department { get; private set; } = "";

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The team that it became part of; null where it was not merged.</summary>
    public TeamId? SuccessorId { get; private set; }

    public static Team Create(string name, string department, DateTimeOffset now)
    {
        var team = new Team { Id = TeamId.New(), Name = name.Trim(), Department = department.Trim() };
        team.Raise(new TeamCreated(team.Id, team.Name, team.Department, now));
        return team;
    }

    public void Change(string name, string department, DateTimeOffset now)
    {
        MustBeOpen();
        if (Name == name.Trim() && Department == department.Trim())
        {
            return;
        }

        var before = Name;
        Name = name.Trim();
        Department = department.Trim();
        Raise(new TeamChanged(Id, before, Name, Department, now));
    }

    /// <param name="officers">How many officers have a role in it.</param>
    /// <exception cref="RuleBrokenException"><c>team-has-officers</c> or <c>team-is-closed</c>.</exception>
    public void Close(int officers, string reason, DateTimeOffset now)
    {
        MustBeOpen();
        if (officers > 0)
        {
            throw new RuleBrokenException(
                "team-has-officers",
                $"{(officers == 1 ? "One officer has a role" : $"{officers} officers have roles")} in this team. Give them roles elsewhere first, or merge the team into another.");
        }

        ClosedAt = now;
        Raise(new TeamClosed(Id, reason, now));
    }

    /// <exception cref="RuleBrokenException"><c>team-is-closed</c> or <c>team-into-itself</c>.</exception>
    public void MergeInto(Team successor, string reason, DateTimeOffset now)
    {
        MustBeOpen();
        successor.MustBeOpen();
        if (successor.Id == Id)
        {
            throw new RuleBrokenException("team-into-itself", "A team cannot be merged into itself. Choose another team.");
        }

        ClosedAt = now;
        SuccessorId = successor.Id;
        Raise(new TeamMerged(Id, successor.Id, reason, now));
    }

    /// <exception cref="RuleBrokenException"><c>team-is-closed</c>.</exception>
    public void MustBeOpen()
    {
        if (ClosedAt is not null)
        {
            throw new RuleBrokenException("team-is-closed", $"The team {Name} is closed. Choose a team that is open.");
        }
    }
}

internal sealed record TeamCreated(TeamId Id, string Name, string Department, DateTimeOffset At) : IDomainEvent;

internal sealed record TeamChanged(TeamId Id, string Before, string Name, string Department, DateTimeOffset At) : IDomainEvent;

internal sealed record TeamClosed(TeamId Id, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record TeamMerged(TeamId Id, TeamId Successor, string Reason, DateTimeOffset At) : IDomainEvent;
