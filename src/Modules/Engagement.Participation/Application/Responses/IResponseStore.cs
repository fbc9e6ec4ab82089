using Engagement.Participation.Domain;

namespace Engagement.Participation.Application.Responses;

/// <summary>What the closing minute depends on: each is one statement, and each write checks and acts at once.</summary>
internal interface IResponseStore
{
    /// <summary>
    /// Stores a response if its form takes it: the statement holds the form's row against the seal and compares the arrival with
    /// both instants again, so nothing commits into a set that has been sealed. It is committed when this returns, perhaps together with others.
    /// </summary>
    /// <param name="draft">What the draft has become that was sent: kept with the response, or neither is; null where there was none.</param>
    Task<StoredAs> Store(Response response, SentDraft? draft, CancellationToken cancellationToken);

    /// <summary>The same in the transaction that has been begun: it becomes true with the rest.</summary>
    Task<StoredAs> StoreWithTheRest(Response response, SentDraft? draft, CancellationToken cancellationToken);

    /// <summary>As it is, not tracked.</summary>
    /// <param name="equalityAnswers">The id that answers about its sender would have.</param>
    /// <returns>Null where there is none of this reference; and whether such answers are kept.</returns>
    Task<(Response? Response, bool HasEqualityAnswers)> Find(string reference, Guid equalityAnswers, CancellationToken cancellationToken);

    /// <summary>Keeps an address, once for each consultation, and the response that it came with. An address that comes again is told again.</summary>
    /// <returns>The contact's id.</returns>
    Task<Guid> KeepContact(Contact contact, Response response, CancellationToken cancellationToken);
}

internal enum StoredAs
{
    /// <summary>The form does not take it, or the idempotency key has been used.</summary>
    Nothing,

    /// <summary>A draft that came with it has been written since it was read: it stands as it is.</summary>
    Response,

    ResponseAndDraft,
}
