using System.Collections.Concurrent;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Responses;

/// <summary>
/// Keeps Participation's copy of what Consultations decided. The events say that something changed; what is true now is asked, so
/// that neither a repeated nor a late event sets an old deadline again.
/// </summary>
internal sealed class ResponseForms(IParticipationDb db, IMediator mediator, ResponseFormCache cache, TimeProvider clock)
{
    private const int Attempts = 4;

    /// <summary>The copy, at most a second old; null where there is none yet.</summary>
    public ValueTask<ResponseForm?> FindCached(string slug, CancellationToken cancellationToken) => cache.Find(db, slug, cancellationToken);

    /// <summary>Asks Consultations and saves what it says. Null where there is no such consultation, or the public may not know of it.</summary>
    public async Task<ResponseForm?> BringUpToDate(string slug, CancellationToken cancellationToken) =>
        await mediator.Send(new FindPublicConsultation(slug), cancellationToken) is { } facts ? await BringUpToDate(facts.Id, cancellationToken) : null;

    /// <summary>The same, by id, for whom the consultation need not be public.</summary>
    public async Task<ResponseForm?> BringUpToDate(ConsultationId id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var form = await Follow(id, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                if (form is not null)
                {
                    cache.Put(form);
                }

                return form;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Somebody else did the same at the same moment.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>
    /// The copy as it is now, held until the transaction ends: for what is put on its record. Two who record at once wait for each
    /// other, where two shared locks would wait for ever.
    /// </summary>
    public async Task<ResponseForm?> LockForRecord(ConsultationId consultation, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var id = consultation.Value;
        var found = await db.Forms.FromSql($"select * from participation.response_form where consultation_id = {id} for update").ToListAsync(cancellationToken);
        return found is [var form] ? form : null;
    }

    /// <summary>The copy, brought up to date but not saved yet.</summary>
    public async Task<ResponseForm?> Follow(ConsultationId id, CancellationToken cancellationToken)
    {
        // First the copy, then the facts: if somebody saves newer facts in between, the copy's version refuses ours.
        var form = await db.Forms.SingleOrDefaultAsync(f => f.ConsultationId == id, cancellationToken);
        if (await mediator.Send(new FindConsultation(id), cancellationToken) is not { } facts)
        {
            return form;
        }

        if (form is null)
        {
            // What was never approved has no form; the caller gets one that accepts nothing and says why.
            form = ResponseForm.For(id);
            if (facts.QuestionnaireVersion is not null)
            {
                db.Forms.Add(form);
            }
        }

        form.Follow(
            facts.Slug, facts.Title, facts.QuestionnaireVersion, facts.OpensAt, facts.ClosesAt,
            facts.Status == ConsultationStatus.Withdrawn, clock.GetUtcNow());
        return form;
    }
}

/// <summary>
/// Forms in memory, so that the closing minute asks the database for each form once a second and not once a response. A stale
/// copy never decides: the statement that stores a response checks the row, and nothing is refused before Consultations was asked.
/// </summary>
internal sealed class ResponseFormCache
{
    private const int Most = 1_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (ResponseForm Form, long ReadAt)> known = new(StringComparer.Ordinal);

    public async ValueTask<ResponseForm?> Find(IParticipationDb db, string slug, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(slug, out var kept) && TimeProvider.System.GetElapsedTime(kept.ReadAt) < Freshness)
        {
            return kept.Form;
        }

        var form = await db.Forms.AsNoTracking().SingleOrDefaultAsync(f => f.Slug == slug, cancellationToken);
        if (form is not null)
        {
            Put(form);
        }

        return form;
    }

    public void Put(ResponseForm form)
    {
        if (known.Count >= Most)
        {
            known.Clear();
        }

        known[form.Slug] = (form, TimeProvider.System.GetTimestamp());
    }
}
