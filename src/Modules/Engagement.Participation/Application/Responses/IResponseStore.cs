using Engagement.Participation.Domain;

namespace Engagement.Participation.Application.Responses;

/// <summary>The writes that the closing minute depends on: each is one statement that checks and acts at once.</summary>
internal interface IResponseStore
{
    /// <summary>
    /// Stores a response if its form takes it: the statement holds the form's row against the seal and compares the arrival with
    /// both instants again, so nothing commits into a set that has been sealed. Outside a transaction it is committed when this returns,
    /// perhaps together with others; inside one it becomes true with the rest.
    /// </summary>
    /// <returns>False where the form does not take it, or the idempotency key has been used.</returns>
    Task<bool> Store(Response response, CancellationToken cancellationToken);

    /// <summary>Keeps an address, once for each consultation, and the response that it came with. An address that comes again is told again.</summary>
    /// <returns>The contact's id.</returns>
    Task<Guid> KeepContact(Contact contact, Response response, CancellationToken cancellationToken);
}
