using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Equality;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Responses;

/// <summary>Finds a response for whoever can prove that it is theirs. A wrong secret and an unknown reference get the same answer.</summary>
internal sealed class OwnResponses(IParticipationDb db, IResponseStore store, ResponseForms forms, MasterKey masterKey, IOptions<ParticipationOptions> options)
{
    private static readonly ConsultationId Nowhere = new(Guid.Empty);

    // One request shows the same response more than once.
    private (string Secret, Response Response, bool HasEqualityAnswers)? shown;

    /// <summary>To change it.</summary>
    /// <param name="reference">Where the address names the response: it must be the one that the secret proves. Null where the secret stands alone.</param>
    /// <returns>Tracked; it may have been withdrawn.</returns>
    /// <exception cref="NotFoundException"><c>response</c>.</exception>
    public async Task<Response> Find(string? secretText, string? reference, CancellationToken cancellationToken)
    {
        var secret = Read(secretText, reference);
        return Proven(secret, await db.Responses.SingleOrDefaultAsync(r => r.Reference == secret.Reference, cancellationToken));
    }

    /// <summary>To show it, in one statement: as <see cref="Find"/>, not tracked, and whether answers about its sender are kept.</summary>
    /// <exception cref="NotFoundException"><c>response</c>.</exception>
    public async Task<(Response Response, bool HasEqualityAnswers)> Show(string? secretText, string? reference, CancellationToken cancellationToken)
    {
        var secret = Read(secretText, reference);
        if (shown?.Secret != secretText)
        {
            var (found, hasEqualityAnswers) = await store.Find(secret.Reference, EqualityAnswerSet.IdOf(secret, masterKey), cancellationToken);
            shown = (secretText!, Proven(secret, found), hasEqualityAnswers);
        }

        return (shown!.Value.Response, shown.Value.HasEqualityAnswers);
    }

    /// <summary>Refuses a change that comes too late, and holds the form against the seal until the transaction ends.</summary>
    /// <exception cref="RuleBrokenException"><c>consultation-closed</c>, <c>consultation-not-open</c> or <c>consultation-withdrawn</c>.</exception>
    public async Task MustBeOpen(ConsultationId consultation, DateTimeOffset arrivedAt, CancellationToken cancellationToken)
    {
        if (!(await Hold(consultation, cancellationToken)).Accepts(arrivedAt))
        {
            // An extension may be under way: Consultations has the last word.
            var fresh = await forms.Follow(consultation, cancellationToken) ?? throw new NotFoundException("consultation");
            await db.SaveChangesAsync(cancellationToken);
            fresh.MustAccept(arrivedAt, options.Value.LateComments);
        }
    }

    private static ReceiptSecret Read(string? secretText, string? reference) =>
        ReceiptSecret.Read(secretText) is { } secret && (reference is null || ReceiptReference.Read(reference) == secret.Reference) ? secret : throw new NotFoundException("response");

    private Response Proven(ReceiptSecret secret, Response? response)
    {
        // The comparison is made also where there is nothing to compare with, so that the time tells nothing.
        var proven = secret.Proves(response?.ConsultationId ?? Nowhere, response?.IdempotencyKey ?? "", masterKey);
        return response is not null && proven ? response : throw new NotFoundException("response");
    }

    private async Task<ResponseForm> Hold(ConsultationId consultation, CancellationToken cancellationToken)
    {
        var id = consultation.Value;
        var held = await db.Forms.FromSql($"select * from participation.response_form where consultation_id = {id} for share").AsNoTracking().ToListAsync(cancellationToken);
        return held is [var form] ? form : throw new NotFoundException("consultation");
    }
}
