using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Engagements.Contracts;

/// <summary>
/// The facts of an engagement that another module decides by, as they are now: a consultation is scheduled only for an
/// approved engagement, and a stale copy would answer wrongly. Null when there is none.
/// </summary>
[InternalRequest]
public sealed record FindEngagement(EngagementId Id) : IQuery<EngagementFacts?>;

/// <param name="IsApproved">Approved and not cancelled; false again while a change waits for approval.</param>
/// <param name="LeadOfficerEmail">Where reminders about overdue outcomes go.</param>
/// <param name="DecisionOn">The earliest governance date (Cabinet or other) on which the decision is planned; null while none is set.</param>
/// <param name="WhatCanChange">What the public can influence, in plain words.</param>
public sealed record EngagementFacts(
    EngagementId Id,
    string Reference,
    string Title,
    bool IsApproved,
    bool IsCancelled,
    string Department,
    string LeadOfficerName,
    string LeadOfficerEmail,
    DateOnly? DecisionOn,
    string DecisionToInform,
    string WhatCanChange,
    string WhatCannotChange)
{
    /// <summary>How many people the plan aims to reach, all target groups together; 0 where it names none.</summary>
    public int ReachAimedAt { get; init; }

    /// <summary>To whom it belongs; empty where it is the whole council's.</summary>
    public IReadOnlyList<TeamId> Teams { get; init; } = [];
}
