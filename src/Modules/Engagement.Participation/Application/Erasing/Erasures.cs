using Engagement.Participation.Application.Telling;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Erasing;

/// <summary>Erases what somebody takes back and, in the same transaction, puts it on the list.</summary>
internal sealed class Erasures(IParticipationDb db, TimeProvider clock)
{
    /// <summary>In the transaction that there is, or in one of its own. Where nothing is there nothing changes.</summary>
    public async Task Erase(ErasureKind kind, Guid subject, CancellationToken cancellationToken)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (await Remove(kind, subject, cancellationToken))
        {
            db.Erasures.Add(Erasure.Of(kind, subject, clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Removes it from every table but the list. Of a response its address: that it counts no more is a change of the response.</summary>
    /// <returns>Whether there was something to remove.</returns>
    public async Task<bool> Remove(ErasureKind kind, Guid subject, CancellationToken cancellationToken) => kind switch
    {
        ErasureKind.Response => await ForgetAddress(new ResponseId(subject), cancellationToken),
        ErasureKind.EqualityAnswers => await db.EqualityAnswers.Where(e => e.Id == subject).ExecuteDeleteAsync(cancellationToken) > 0,
        ErasureKind.Messages => await StopMessages(subject, cancellationToken),
        ErasureKind.Updates => await ForgetSubscriber(subject, cancellationToken),
        ErasureKind.Draft => await db.Drafts.Where(d => d.Id == subject).ExecuteDeleteAsync(cancellationToken) > 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>An address that came with another response as well stays.</summary>
    private async Task<bool> ForgetAddress(ResponseId response, CancellationToken cancellationToken)
    {
        var contacts = await db.ContactResponses.Where(c => c.ResponseId == response).Select(c => c.ContactId).ToListAsync(cancellationToken);
        await db.ContactResponses.Where(c => c.ResponseId == response).ExecuteDeleteAsync(cancellationToken);
        await db.Contacts
            .Where(c => contacts.Contains(c.Id) && !db.ContactResponses.Any(link => link.ContactId == c.Id))
            .ExecuteDeleteAsync(cancellationToken);
        return contacts.Count > 0;
    }

    private async Task<bool> StopMessages(Guid contact, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await db.Contacts.Where(c => c.Id == contact && c.UnsubscribedAt == null)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.UnsubscribedAt, now), cancellationToken) == 0)
        {
            return false;
        }

        var consultation = await db.Contacts.Where(c => c.Id == contact).Select(c => c.ConsultationId).SingleAsync(cancellationToken);
        var ending = $"/{contact}";
        await db.Notifications
            .Where(n => n.SubjectId == consultation.Value && n.Reference.EndsWith(ending) && n.SentAt == null && n.FailedAt == null && n.SupersededAt == null)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.SupersededAt, now), cancellationToken);
        return true;
    }

    private async Task<bool> ForgetSubscriber(Guid subscriber, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await db.Database.ExecuteSqlAsync($"delete from participation.subscriber where id = {subscriber}", cancellationToken) > 0;
        var ending = $"/{subscriber}";
        await db.Notifications
            .Where(n => n.Kind.StartsWith(Notices.UpdateKind) && n.Reference.EndsWith(ending) && n.SentAt == null && n.FailedAt == null && n.SupersededAt == null)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.SupersededAt, now), cancellationToken);
        return found;
    }
}
