using Engagement.Kernel;

namespace Engagement.Platform.Security;

/// <summary>Says who the actors of the history are. Access knows them.</summary>
public interface IActorDirectory
{
    /// <param name="actors">As the history holds them, such as <c>officer:0190…</c>; jobs and the command line have no other name.</param>
    /// <returns>The names of those who are known, by actor.</returns>
    Task<IReadOnlyDictionary<string, string>> NamesOfAsync(IReadOnlyCollection<string> actors, CancellationToken cancellationToken);

    /// <returns>Null where the actor is no officer.</returns>
    Task<string?> EmailAddressOfAsync(Actor actor, CancellationToken cancellationToken);
}
