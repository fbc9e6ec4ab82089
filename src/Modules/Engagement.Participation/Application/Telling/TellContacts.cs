using Engagement.ClosingTheLoop.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Telling;

/// <summary>
/// Queues the next batch of messages of one announcement and notes how far it has come, in one transaction: a stop in between
/// skips nobody and tells nobody twice. Where a later outcome has been published meanwhile, only that one is told.
/// </summary>
[InternalRequest]
public sealed record TellContacts(Guid AnnouncementId) : ICommand<Unit>
{
    public const int BatchSize = 500;
}

internal sealed class TellContactsHandler(IParticipationDb db, IMediator mediator, MasterKey masterKey, TimeProvider clock, IOptions<SiteOptions> site)
    : IRequestHandler<TellContacts, Unit>
{
    private const string OutcomeKind = "outcome-published";

    public async Task<Unit> Handle(TellContacts request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Another worker that is at it holds the row; its batch is done before this one begins.
        var found = await db.Announcements
            .FromSql($"select * from participation.announcement where id = {request.AnnouncementId} and completed_at is null for update")
            .ToListAsync(cancellationToken);
        if (found is not [var announcement])
        {
            return Unit.Value;
        }

        var contacts = await NextBatch(announcement, cancellationToken);
        await Tell(announcement, contacts, cancellationToken);
        if (contacts.Count > 0)
        {
            announcement.Advance(contacts[^1].Id, contacts.Count);
        }

        if (contacts.Count < TellContacts.BatchSize)
        {
            announcement.Complete(clock.GetUtcNow());
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    private async Task<List<Contact>> NextBatch(Announcement announcement, CancellationToken cancellationToken)
    {
        var after = announcement.ToldUpTo ?? Guid.Empty;
        return await db.Contacts.AsNoTracking()
            .Where(c => c.ConsultationId == announcement.ConsultationId && c.Id > after && c.UnsubscribedAt == null)
            .OrderBy(c => c.Id)
            .Take(TellContacts.BatchSize)
            .ToListAsync(cancellationToken);
    }

    private async Task Tell(Announcement announcement, List<Contact> contacts, CancellationToken cancellationToken)
    {
        if (announcement.Kind == AnnouncementKind.Outcome)
        {
            await TellOutcome(announcement, contacts, cancellationToken);
            return;
        }

        foreach (var contact in contacts)
        {
            var unsubscribe = Notices.UnsubscribeAddress(contact.Id, masterKey, site.Value);
            var (kind, content) = announcement.Kind == AnnouncementKind.Extended
                ? ("consultation-extended", Notices.Extended(announcement, unsubscribe))
                : ("consultation-withdrawn", Notices.Withdrawn(announcement, unsubscribe));
            Queue(announcement, contact, kind, content);
        }
    }

    private async Task TellOutcome(Announcement announcement, List<Contact> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.ConvertAll(c => c.Id);
        var responses = (await db.ContactResponses.AsNoTracking().Where(c => ids.Contains(c.ContactId)).ToListAsync(cancellationToken)).ToLookup(c => c.ContactId, c => c.ResponseId);
        var outcome = await mediator.Send(
            new FindResponseOutcomes(announcement.ConsultationId, [.. responses.SelectMany(r => r).Distinct()]), cancellationToken)
            ?? throw new InvalidOperationException($"The outcome of consultation {announcement.ConsultationId} was announced, but none is published.");
        if (outcome.Version > announcement.OutcomeVersion)
        {
            announcement.Complete(clock.GetUtcNow());
            contacts.Clear();
            return;
        }

        await SupersedeEarlier(announcement, cancellationToken);
        foreach (var contact in contacts)
        {
            Queue(announcement, contact, OutcomeKind, Notices.Outcome(
                announcement, outcome, ThemesOf(outcome, responses[contact.Id]), site.Value.At($"/consultations/{announcement.Slug}/outcome"),
                Notices.UnsubscribeAddress(contact.Id, masterKey, site.Value)));
        }
    }

    private static HashSet<ThemeId> ThemesOf(PublishedOutcome outcome, IEnumerable<ResponseId> responses) =>
        [.. responses.SelectMany(r => outcome.ThemesOf.GetValueOrDefault(r, []))];

    /// <summary>What waits of an earlier version is not sent any more; what is being handed over at this moment is.</summary>
    private Task<int> SupersedeEarlier(Announcement announcement, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var current = $"{ReferencePrefix(announcement)}/";
        return db.Notifications
            .Where(n => n.SubjectId == announcement.ConsultationId.Value && n.Kind == OutcomeKind && !n.Reference.StartsWith(current))
            .Where(n => n.SentAt == null && n.FailedAt == null && n.SupersededAt == null && (n.ClaimedUntil == null || n.ClaimedUntil < now))
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.SupersededAt, now), cancellationToken);
    }

    private void Queue(Announcement announcement, Contact contact, string kind, NotificationContent content) => db.Notify(Notification.To(
        contact.ReadAddress(masterKey), kind, $"{ReferencePrefix(announcement)}/{contact.Id}", announcement.ConsultationId.Value, content, masterKey, clock.GetUtcNow()));

    private static string ReferencePrefix(Announcement announcement) =>
        $"{announcement.Kind.ToString().ToLowerInvariant()}/{announcement.ConsultationId}/{announcement.Occasion}";
}
