using Engagement.Kernel;

namespace Engagement.Access.Contracts;

/// <summary>Who officers are, for pages that name them. Those who are unknown are left out of the answer; those whose account is switched off are not.</summary>
[InternalRequest]
public sealed record FindOfficers(IReadOnlyCollection<OfficerId> Ids) : IQuery<IReadOnlyDictionary<OfficerId, OfficerFacts>>;

public sealed record OfficerFacts(string Name, string Email)
{
    /// <summary>The account is switched off.</summary>
    public bool IsDisabled { get; init; }
}
