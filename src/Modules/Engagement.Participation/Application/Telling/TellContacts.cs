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
/// skips nobody and tells nobody twice. Those who responded come first, then those who asked for updates. Where a later outcome has been published meanwhile, only that one is told.
/// </summary>
[InternalRequest]
public sealed record TellContacts(Guid AnnouncementId) : ICommand<Unit>
{
    public const int BatchSize = 500;
}

internal sealed class TellContactsHandler(IParticipationDb db, IMediator mediator, MasterKey masterKey, TimeProvider clock, IOptions<SiteOptions> site)
    : IRequestHandler<TellContacts, Unit>
{
    public const string OutcomeKind = "outcome-published";

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

        if (!announcement.ContactsAreTold)
        {
            await TellContactsOf(announcement, cancellationToken);
        }
        else
        {
            await TellFollowersOf(announcement, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    private async Task TellContactsOf(Announcement announcement, CancellationToken cancellationToken)
    {
        var contacts = await NextBatch(announcement, cancellationToken);
        await Tell(announcement, contacts, cancellationToken);
        if (contacts.Count > 0)
        {
            announcement.Advance(contacts[^1].Id, contacts.Count);
        }

        if (contacts.Count < TellContacts.BatchSize)
        {
            announcement.GoOnToFollowers();
        }
    }

    private async Task TellFollowersOf(Announcement announcement, CancellationToken cancellationToken)
    {
        var outcome = announcement.Kind == AnnouncementKind.Outcome ? await OutcomeOf(announcement, [], cancellationToken) : null;
        if (outcome is not null && outcome.Version > announcement.OutcomeVersion)
        {
            announcement.Complete(clock.GetUtcNow());
            return;
        }

        if (outcome is not null && announcement.FollowerUpTo is null)
        {
            await SupersedeEarlier(announcement, Notices.UpdateKind + "outcome", cancellationToken);
        }

        var followers = await NextFollowers(announcement, cancellationToken);

        // Somebody who left and came back has the same id: what was told once is not told again.
        var references = followers.ConvertAll(f => ReferenceTo(announcement, f.Id));
        var known = await db.Notifications.Where(n => references.Contains(n.Reference)).Select(n => n.Reference).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var told = 0;
        foreach (var follower in followers.Where(f => !known.Contains(ReferenceTo(announcement, f.Id))))
        {
            var token = Subscriber.Token(follower.Id, masterKey);
            var (kind, content) = Notices.Update(
                announcement, outcome, site.Value.At($"/consultations/{announcement.Slug}"), site.Value.At($"/updates/manage/{token}"), site.Value.At($"/updates/leave/{token}"));
            db.Notify(Notification.To(
                Contact.DecryptAddress(follower.Address, masterKey), kind, ReferenceTo(announcement, follower.Id), announcement.ConsultationId.Value, content, masterKey, clock.GetUtcNow()));
            told++;
        }

        if (followers.Count > 0)
        {
            announcement.AdvanceFollowers(followers[^1].Id, told);
        }

        if (followers.Count < TellContacts.BatchSize)
        {
            announcement.Complete(clock.GetUtcNow());
        }
    }

    /// <summary>
    /// Each once, however many topics and areas of it they follow. Who is told as somebody who responded is left out, and so is who stopped those messages
    /// and has not asked for updates since.
    /// </summary>
    private Task<List<Follower>> NextFollowers(Announcement announcement, CancellationToken cancellationToken)
    {
        var after = announcement.FollowerUpTo ?? Guid.Empty;
        var consultation = announcement.ConsultationId.Value;
        var purpose = announcement.Purpose.ToString();
        return db.Database.SqlQuery<Follower>(
            $"""
            select s.id as "Id", s.address as "Address"
              from participation.subscriber s
             where s.id > {after}
               and exists (
                   select from participation.follow f
                    where f.subscriber_id = s.id and {purpose} = any(f.purposes)
                      and ((f.kind = 'Consultation' and f.value = {consultation.ToString()}) or (f.kind = 'Topic' and f.value = any({announcement.Topics}))
                        or (f.kind = 'Area' and f.value = any({announcement.Areas})))
                      and not exists (
                          select from participation.contact c
                           where c.consultation_id = {consultation} and c.address_hash = s.address_hash
                             and ((c.unsubscribed_at is null and {announcement.IsForContacts}) or c.unsubscribed_at >= f.consented_at)))
             order by s.id limit {TellContacts.BatchSize}
            """).ToListAsync(cancellationToken);
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
            var (kind, content) = announcement.Kind switch
            {
                AnnouncementKind.Extended => ("consultation-extended", Notices.Extended(announcement, unsubscribe)),
                AnnouncementKind.Corrected => ("consultation-corrected", Notices.Corrected(announcement, site.Value.At($"/consultations/{announcement.Slug}"), unsubscribe)),
                AnnouncementKind.Restarted => ("consultation-restarted", Notices.Restarted(announcement, site.Value.At($"/consultations/{announcement.Slug}"), unsubscribe)),
                _ => ("consultation-withdrawn", Notices.Withdrawn(announcement, unsubscribe)),
            };
            Queue(announcement, contact, kind, content);
        }
    }

    private async Task TellOutcome(Announcement announcement, List<Contact> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.ConvertAll(c => c.Id);
        var responses = (await db.ContactResponses.AsNoTracking().Where(c => ids.Contains(c.ContactId)).ToListAsync(cancellationToken)).ToLookup(c => c.ContactId, c => c.ResponseId);
        var outcome = await OutcomeOf(announcement, [.. responses.SelectMany(r => r).Distinct()], cancellationToken);
        if (outcome.Version > announcement.OutcomeVersion)
        {
            announcement.Complete(clock.GetUtcNow());
            contacts.Clear();
            return;
        }

        await SupersedeEarlier(announcement, OutcomeKind, cancellationToken);
        foreach (var contact in contacts)
        {
            Queue(announcement, contact, OutcomeKind, Notices.Outcome(
                announcement, outcome, ThemesOf(outcome, responses[contact.Id]), site.Value.At($"/consultations/{announcement.Slug}/outcome"),
                Notices.UnsubscribeAddress(contact.Id, masterKey, site.Value)));
        }
    }

    private async Task<PublishedOutcome> OutcomeOf(Announcement announcement, IReadOnlyList<ResponseId> responses, CancellationToken cancellationToken) =>
        await mediator.Send(new FindResponseOutcomes(announcement.ConsultationId, responses), cancellationToken)
            ?? throw new InvalidOperationException($"The outcome of consultation {announcement.ConsultationId} was announced, but none is published.");

    private static HashSet<ThemeId> ThemesOf(PublishedOutcome outcome, IEnumerable<ResponseId> responses) =>
        [.. responses.SelectMany(r => outcome.ThemesOf.GetValueOrDefault(r, []))];

    /// <summary>What waits of an earlier version is not sent any more; what is being handed over at this moment is.</summary>
    private Task<int> SupersedeEarlier(Announcement announcement, string kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var current = $"{ReferencePrefix(announcement)}/";
        return db.Notifications
            .Where(n => n.SubjectId == announcement.ConsultationId.Value && n.Kind == kind && !n.Reference.StartsWith(current))
            .Where(n => n.SentAt == null && n.FailedAt == null && n.SupersededAt == null && (n.ClaimedUntil == null || n.ClaimedUntil < now))
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.SupersededAt, now), cancellationToken);
    }

    private void Queue(Announcement announcement, Contact contact, string kind, NotificationContent content) => db.Notify(Notification.To(
        contact.ReadAddress(masterKey), kind, ReferenceTo(announcement, contact.Id), announcement.ConsultationId.Value, content, masterKey, clock.GetUtcNow()));

    private static string ReferenceTo(Announcement announcement, Guid person) => $"{ReferencePrefix(announcement)}/{person}";

    private static string ReferencePrefix(Announcement announcement) =>
        $"{announcement.Kind.ToString().ToLowerInvariant()}/{announcement.ConsultationId}/{announcement.Occasion}";

    private sealed record Follower(Guid Id, byte[] Address);
}
