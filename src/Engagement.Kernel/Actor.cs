namespace Engagement.Kernel;

public enum ActorKind
{
    /// <summary>Somebody who has not signed in.</summary>
    Public,

    /// <summary>An API client; its id is the client's.</summary>
    Client,

    /// <summary>An officer who has signed in.</summary>
    Officer,

    /// <summary>The program itself: a scheduled job or an event handler; its id says which.</summary>
    Job,

    /// <summary>Whoever runs the command line on the server.</summary>
    Console,
}

/// <summary>Who acts. Written to the history as <c>kind:id</c>.</summary>
public sealed record Actor(ActorKind Kind, string Id)
{
    public static readonly Actor Anyone = new(ActorKind.Public, "anyone");

    public static Actor Job(string name) => new(ActorKind.Job, name);

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{Id}";

    /// <summary>Refuses the author of a thing as its approver: features that need a second person call this.</summary>
    /// <exception cref="ForbiddenException"><c>second-approver-required</c>.</exception>
    public void MustDifferFrom(IEnumerable<string> authors, string what)
    {
        if (authors.Contains(ToString(), StringComparer.Ordinal))
        {
            throw new ForbiddenException(
                ForbiddenException.SecondApproverRequired,
                $"A second person must approve {what}: whoever wrote it may not. Ask a colleague with the right to approve.");
        }
    }
}

/// <summary>The actor of the request, job or command that is under way.</summary>
public interface ICurrentActor
{
    Actor Actor { get; }

    /// <summary>Correlates everything one request did; W3C trace id where there is one.</summary>
    string RequestId { get; }

    /// <summary>Holds a right everywhere.</summary>
    bool Has(string scope);

    /// <summary>The teams in which the actor holds a right that they do not hold everywhere.</summary>
    IReadOnlySet<Guid> TeamsWith(string scope);

    /// <summary>The engagements for which the actor holds a right by themselves, whatever team they belong to.</summary>
    IReadOnlySet<Guid> EngagementsWith(string scope);
}
