using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Telling;

/// <summary>Has everybody told who left an address that there is more time.</summary>
internal sealed class AnnounceExtension(IParticipationDb db, ResponseForms forms, TimeProvider clock) : IIntegrationEventHandler<ConsultationExtendedV1>
{
    public async Task Handle(ConsultationExtendedV1 integrationEvent, CancellationToken cancellationToken)
    {
        if (await forms.Follow(integrationEvent.ConsultationId, cancellationToken) is { } form)
        {
            await db.AnnounceOnce(Announcement.OfExtension(form, integrationEvent.ClosesAt, integrationEvent.PublicReason, clock.GetUtcNow()), cancellationToken);
        }
    }
}

/// <summary>Has everybody told who left an address that the consultation was withdrawn.</summary>
internal sealed class AnnounceWithdrawal(IParticipationDb db, ResponseForms forms, TimeProvider clock) : IIntegrationEventHandler<ConsultationWithdrawnV1>
{
    public async Task Handle(ConsultationWithdrawnV1 integrationEvent, CancellationToken cancellationToken)
    {
        if (await forms.Follow(integrationEvent.ConsultationId, cancellationToken) is { } form)
        {
            await db.AnnounceOnce(Announcement.OfWithdrawal(form, integrationEvent.PublicReason, clock.GetUtcNow()), cancellationToken);
        }
    }
}

/// <summary>Has everybody told who left an address what became of the consultation: once for each version of the outcome.</summary>
internal sealed class AnnounceOutcome(IParticipationDb db, TimeProvider clock) : IIntegrationEventHandler<OutcomePublishedV2>
{
    public Task Handle(OutcomePublishedV2 integrationEvent, CancellationToken cancellationToken) => db.AnnounceOnce(
        Announcement.OfOutcome(
            integrationEvent.ConsultationId, integrationEvent.OutcomeVersion, integrationEvent.Slug, integrationEvent.Title, clock.GetUtcNow()),
        cancellationToken);
}

internal static class AnnouncementQueue
{
    /// <summary>The same event delivered again announces nothing again.</summary>
    public static async Task AnnounceOnce(this IParticipationDb db, Announcement announcement, CancellationToken cancellationToken)
    {
        if (!await db.Announcements.AnyAsync(
            a => a.ConsultationId == announcement.ConsultationId && a.Kind == announcement.Kind && a.Occasion == announcement.Occasion, cancellationToken))
        {
            db.Announcements.Add(announcement);
        }
    }
}
