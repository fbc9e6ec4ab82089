using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Responses;

/// <summary>Finds a response for whoever can prove that it is theirs. A wrong secret and an unknown reference get the same answer.</summary>
internal sealed class OwnResponses(IParticipationDb db, ResponseForms forms, MasterKey masterKey, IOptions<ParticipationOptions> options)
{
    private static readonly ConsultationId Nowhere = new(Guid.Empty);

    // One request asks for the same response more than once.
    private (string Secret, Response Response)? known;

    /// <param name="reference">Where the address names the response: it must be the one that the secret proves. Null where the secret stands alone.</param>
    /// <returns>Tracked; it may have been withdrawn.</returns>
    /// <exception cref="NotFoundException"><c>response</c>.</exception>
    public async Task<Response> Find(string? secretText, string? reference, CancellationToken cancellationToken)
    {
        var secret = ReceiptSecret.Read(secretText);
        if (secret is null || (reference is not null && ReceiptReference.Read(reference) != secret.Reference))
        {
            throw new NotFoundException("response");
        }

        if (known?.Secret == secretText)
        {
            return known!.Value.Response;
        }

        var response = await db.Responses.SingleOrDefaultAsync(r => r.Reference == secret.Reference, cancellationToken);

        // The comparison is made also where there is nothing to compare with, so that the time tells nothing.
        var proven = secret.Proves(response?.ConsultationId ?? Nowhere, response?.IdempotencyKey ?? "", masterKey);
        known = response is not null && proven ? (secretText!, response) : throw new NotFoundException("response");
        return response;
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

    private async Task<ResponseForm> Hold(ConsultationId consultation, CancellationToken cancellationToken)
    {
        var id = consultation.Value;
        var held = await db.Forms.FromSql($"select * from participation.response_form where consultation_id = {id} for share").AsNoTracking().ToListAsync(cancellationToken);
        return held is [var form] ? form : throw new NotFoundException("consultation");
    }
}
