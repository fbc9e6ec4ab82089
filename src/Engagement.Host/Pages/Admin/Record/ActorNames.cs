using Engagement.Access.Contracts;
using MediatR;

namespace Engagement.Host.Pages.Admin.Record;

/// <summary>Names of those who acted, where records hold <c>kind:id</c>.</summary>
internal sealed class ActorNames(IReadOnlyDictionary<OfficerId, OfficerFacts> officers)
{
    private const string OfficerKind = "officer";

    /// <summary>Looks all of them up in one statement; in none where no officer is among them.</summary>
    public static async Task<ActorNames> FindAsync(IMediator mediator, IEnumerable<string?> actors, CancellationToken cancellationToken)
    {
        var ids = actors.Select(OfficerOf).OfType<OfficerId>().Distinct().ToList();
        return new ActorNames(await mediator.Send(new FindOfficers(ids), cancellationToken));
    }

    /// <summary>Such as <c>Sam Patel</c>, <c>the system (close due consultations)</c> or <c>an API client (0190…)</c>.</summary>
    public string Of(string actor)
    {
        var id = actor[(actor.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return actor.Split(':')[0] switch
        {
            OfficerKind when OfficerOf(actor) is { } officer && officers.TryGetValue(officer, out var facts) => facts.Name,
            OfficerKind => $"an officer who is no longer known ({id})",
            "client" => $"an API client ({id})",
            "job" => $"the system ({id.Replace('-', ' ')})",
            "console" => "the operator of the server",
            _ => "a member of the public",
        };
    }

    /// <summary>The same at the beginning of a sentence.</summary>
    public static string Begin(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static OfficerId? OfficerOf(string? actor) =>
        actor?.Split(':') is [OfficerKind, var id] && Guid.TryParse(id, out var value) ? new OfficerId(value) : null;
}
