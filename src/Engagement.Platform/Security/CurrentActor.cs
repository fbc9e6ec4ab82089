using System.Collections.Frozen;
using Engagement.Kernel;

namespace Engagement.Platform.Security;

/// <summary>The actor of one scope. Until somebody is known, nobody is: anyone, with no scopes.</summary>
public sealed class CurrentActor : ICurrentActor
{
    private FrozenSet<string> everywhere = FrozenSet<string>.Empty;
    private FrozenSet<string> somewhere = FrozenSet<string>.Empty;

    public Actor Actor { get; private set; } = Actor.Anyone;

    public string RequestId { get; private set; } = "";

    /// <param name="granted">What the actor may do everywhere.</param>
    /// <param name="grantedSomewhere">What the actor may do for some engagements only.</param>
    public void Become(Actor actor, string requestId, IEnumerable<string>? granted = null, IEnumerable<string>? grantedSomewhere = null)
    {
        Actor = actor;
        RequestId = requestId.Length > 100 ? requestId[..100] : requestId;
        everywhere = granted?.ToFrozenSet(StringComparer.Ordinal) ?? FrozenSet<string>.Empty;
        somewhere = grantedSomewhere?.ToFrozenSet(StringComparer.Ordinal) ?? FrozenSet<string>.Empty;
    }

    public bool Has(string scope) => Actor.Kind is ActorKind.Job or ActorKind.Console || everywhere.Contains(scope);

    /// <summary>Also where the right is held for some engagements only.</summary>
    public bool HasSomewhere(string scope) => Has(scope) || somewhere.Contains(scope);
}
