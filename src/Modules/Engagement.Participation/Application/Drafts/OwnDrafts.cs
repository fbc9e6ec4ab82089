using Engagement.Consultations.Contracts;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Platform.Security;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Drafts;

/// <summary>Finds a draft for whoever has its code. A wrong code, a code of another consultation and a draft whose time is over get the same answer: none.</summary>
internal sealed class OwnDrafts(
    IParticipationDb db, IDraftStore store, Copies<ConsultationFacts> copies, IMediator mediator, MasterKey masterKey, TimeProvider clock, IOptions<ParticipationOptions> options)
{
    // One request asks for the same draft more than once: to show the page, and to keep what was typed on it.
    private (string Code, Draft Draft)? known;

    /// <summary>
    /// The consultation as the public may know of it; null where it may not. A copy from a moment ago does where by it answers are taken: nobody is sent away by a
    /// copy, and what is sent is taken or refused by the statement that stores it.
    /// </summary>
    public ValueTask<ConsultationFacts?> FindConsultation(string slug, DateTimeOffset at, CancellationToken cancellationToken) => copies.Find(
        slug, facts => Responding.StateOf(facts, at) == RespondingState.Open, () => mediator.Send(new FindPublicConsultation(slug), cancellationToken));

    public async Task<Draft?> Find(string? code, ConsultationFacts consultation, CancellationToken cancellationToken)
    {
        if (DraftCode.Read(code) is not { } plain)
        {
            return null;
        }

        if (known?.Code != plain || known?.Draft.ConsultationId != consultation.Id)
        {
            var found = await store.Find(DraftCode.Hash(plain, masterKey), consultation.Id, cancellationToken);
            known = found is null ? null : (plain, found);
        }

        return Kept(known?.Draft, consultation);
    }

    /// <returns>False where it was written, sent or deleted meanwhile: then it is not kept, and must be found again.</returns>
    public async Task<bool> Keep(Draft draft, string code, CancellationToken cancellationToken)
    {
        // It holds already what is not stored yet: where that fails, it is not what is known.
        known = null;
        known = await store.Keep(draft, cancellationToken) ? (code, draft) : null;
        return known is not null;
    }

    /// <summary>The same, tracked and held until the transaction ends: two who write at once wait for each other.</summary>
    public async Task<Draft?> Lock(string? code, ConsultationFacts consultation, CancellationToken cancellationToken)
    {
        if (DraftCode.Read(code) is not { } plain)
        {
            return null;
        }

        var hash = DraftCode.Hash(plain, masterKey);
        var found = await db.Drafts.FromSql($"select * from participation.draft where code_hash = {hash} for update").ToListAsync(cancellationToken);
        return found is [var draft] && draft.ConsultationId == consultation.Id ? Kept(draft, consultation) : null;
    }

    public DateTimeOffset KeptUntil(Draft draft, ConsultationFacts consultation) => DraftLifetime.KeptUntil(
        draft.ChangedAt, draft.LateAt, consultation.ClosesAt, options.Value.DraftsKept, options.Value.DraftsKeptAfterClose);

    /// <summary>The clock decides, never whether the job has run.</summary>
    private Draft? Kept(Draft? draft, ConsultationFacts consultation) => draft is not null && clock.GetUtcNow() < KeptUntil(draft, consultation) ? draft : null;
}

/// <summary>Whether answers are taken, and if not, why.</summary>
public enum RespondingState
{
    Open,
    NotYetOpen,
    Closed,
    Withdrawn,

    /// <summary>It has opened, but what is put to the public is not approved at the moment.</summary>
    Paused,
}

internal static class Responding
{
    public static RespondingState StateOf(ConsultationFacts facts, DateTimeOffset now) =>
        facts.Status == ConsultationStatus.Withdrawn ? RespondingState.Withdrawn
        : now >= facts.ClosesAt ? RespondingState.Closed
        : now < facts.OpensAt ? RespondingState.NotYetOpen
        : facts.QuestionnaireVersion is null ? RespondingState.Paused
        : RespondingState.Open;
}
