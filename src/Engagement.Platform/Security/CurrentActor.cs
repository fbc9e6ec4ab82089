using System.Collections.Frozen;
using Engagement.Kernel;

namespace Engagement.Platform.Security;

/// <summary>The actor of one scope. Until somebody is known, nobody is: anyone, with no scopes.</summary>
public sealed class CurrentActor : ICurrentActor
{
    private FrozenSet<string> scopes = FrozenSet<string>.Empty;

    public Actor Actor { get; private set; } = Actor.Anyone;

    public string RequestId { get; private set; } = "";

    public void Become(Actor actor, string requestId, IEnumerable<string>? granted = null)
    {
        Actor = actor;
        RequestId = requestId.Length > 100 ? requestId[..100] : requestId;
        scopes = granted?.ToFrozenSet(StringComparer.Ordinal) ?? FrozenSet<string>.Empty;
    }

    public bool Has(string scope) => Actor.Kind is ActorKind.Job or ActorKind.Console || scopes.Contains(scope);
}
