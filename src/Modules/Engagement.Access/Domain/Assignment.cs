using Engagement.Access.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Access.Domain;

/// <summary>A role that an officer has: everywhere, in one team, or for one engagement.</summary>
internal sealed class Assignment
{
    /// <summary>What these roles do is the whole council's: in one team they would mean nothing.</summary>
    private static readonly string[] CouncilWide = ["administrator", "auditor"];

    private Assignment()
    {
    }

    public Guid Id { get; private init; }

    public string Role { get; private init; } = "";

    /// <summary>Null unless the role is held in a team.</summary>
    public TeamId? TeamId { get; private init; }

    /// <summary>Null unless the role is held for one engagement.</summary>
    public EngagementId? EngagementId { get; private init; }

    public bool IsEverywhere => TeamId is null && EngagementId is null;

    /// <summary>As the history names it: <c>approver everywhere</c>, <c>officer team:0190…</c>.</summary>
    public string Described => this switch
    {
        { TeamId: { } team } => $"{Role} team:{team}",
        { EngagementId: { } engagement } => $"{Role} engagement:{engagement}",
        _ => $"{Role} everywhere",
    };

    /// <exception cref="RuleBrokenException"><c>unknown-role</c>, <c>role-is-council-wide</c> or <c>two-places</c>.</exception>
    public static Assignment Of(string role, TeamId? team = null, EngagementId? engagement = null)
    {
        OfficerRole.Of(role);
        if (team is not null && engagement is not null)
        {
            throw new RuleBrokenException("two-places", "A role is held in a team or for an engagement, not both. Give it twice.");
        }

        if ((team is not null || engagement is not null) && CouncilWide.Contains(role, StringComparer.Ordinal))
        {
            throw new RuleBrokenException("role-is-council-wide", $"The role {role} is for the whole council. Give it everywhere, or choose another role.");
        }

        return new Assignment { Id = Guid.CreateVersion7(), Role = role, TeamId = team, EngagementId = engagement };
    }
}
