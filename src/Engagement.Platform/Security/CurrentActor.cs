using System.Collections.Frozen;
using Engagement.Kernel;

namespace Engagement.Platform.Security;

/// <summary>The actor of one scope. Until somebody is known, nobody is: anyone, with no scopes.</summary>
public sealed class CurrentActor : ICurrentActor
{
    private FrozenSet<string> everywhere = FrozenSet<string>.Empty;
    private IReadOnlyCollection<PlacedScope> placed = [];

    public Actor Actor { get; private set; } = Actor.Anyone;

    public string RequestId { get; private set; } = "";

    /// <param name="granted">What the actor may do everywhere.</param>
    /// <param name="grantedInPlaces">What the actor may do in some team or for some engagement only.</param>
    public void Become(Actor actor, string requestId, IEnumerable<string>? granted = null, IReadOnlyCollection<PlacedScope>? grantedInPlaces = null)
    {
        Actor = actor;
        RequestId = requestId.Length > 100 ? requestId[..100] : requestId;
        everywhere = granted?.ToFrozenSet(StringComparer.Ordinal) ?? FrozenSet<string>.Empty;
        placed = grantedInPlaces ?? [];
    }

    public bool Has(string scope) => Actor.Kind is ActorKind.Job or ActorKind.Console || everywhere.Contains(scope);

    /// <summary>Also where the right is held in one place only.</summary>
    public bool HasSomewhere(string scope) => Has(scope) || placed.Any(p => p.Scope == scope);

    public IReadOnlySet<Guid> TeamsWith(string scope) => placed.Where(p => p.Scope == scope).Select(p => p.Team).OfType<Guid>().ToHashSet();

    public IReadOnlySet<Guid> EngagementsWith(string scope) => placed.Where(p => p.Scope == scope).Select(p => p.Engagement).OfType<Guid>().ToHashSet();
}
