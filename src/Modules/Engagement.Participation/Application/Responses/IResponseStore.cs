using Engagement.Participation.Domain;

namespace Engagement.Participation.Application.Responses;

/// <summary>What the closing minute depends on: each is one statement, and each write checks and acts at once.</summary>
internal interface IResponseStore
{
    /// <summary>
    /// Stores a response if its form takes it: the statement holds the form's row against the seal and compares the arrival with
    /// both instants again, so nothing commits into a set that has been sealed. It is committed when this returns, perhaps together with others.
    /// </summary>
    /// <returns>False where the form does not take it, or the idempotency key has been used.</returns>
    Task<bool> Store(Response response, CancellationToken cancellationToken);

    /// <summary>The same in the transaction that has been begun: it becomes true with the rest.</summary>
    Task<bool> StoreWithTheRest(Response response, CancellationToken cancellationToken);

    /// <summary>As it is, not tracked.</summary>
    /// <param name="equalityAnswers">The id that answers about its sender would have.</param>
    /// <returns>Null where there is none of this reference; and whether such answers are kept.</returns>
    Task<(Response? Response, bool HasEqualityAnswers)> Find(string reference, Guid equalityAnswers, CancellationToken cancellationToken);

    /// <summary>Keeps an address, once for each consultation, and the response that it came with. An address that comes again is told again.</summary>
    /// <returns>The contact's id.</returns>
    Task<Guid> KeepContact(Contact contact, Response response, CancellationToken cancellationToken);
}
