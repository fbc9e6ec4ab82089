using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Platform.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Telling;

/// <summary>Has everybody told who left an address that there is more time.</summary>
internal sealed class AnnounceExtension(IParticipationDb db, ResponseForms forms, IMediator mediator, TimeProvider clock) : IIntegrationEventHandler<ConsultationExtendedV1>
{
    public async Task Handle(ConsultationExtendedV1 integrationEvent, CancellationToken cancellationToken)
    {
        if (await forms.Follow(integrationEvent.ConsultationId, cancellationToken) is { } form)
        {
            var facts = await mediator.Send(new FindConsultation(integrationEvent.ConsultationId), cancellationToken);
            await db.AnnounceOnce(Announcement.OfExtension(form, facts, integrationEvent.ClosesAt, integrationEvent.PublicReason, clock.GetUtcNow()), cancellationToken);
        }
    }
}

/// <summary>Has everybody told who left an address that the consultation was withdrawn.</summary>
internal sealed class AnnounceWithdrawal(IParticipationDb db, ResponseForms forms, IMediator mediator, TimeProvider clock) : IIntegrationEventHandler<ConsultationWithdrawnV1>
{
    public async Task Handle(ConsultationWithdrawnV1 integrationEvent, CancellationToken cancellationToken)
    {
        if (await forms.Follow(integrationEvent.ConsultationId, cancellationToken) is { } form)
        {
            var facts = await mediator.Send(new FindConsultation(integrationEvent.ConsultationId), cancellationToken);
            await db.AnnounceOnce(Announcement.OfWithdrawal(form, facts, integrationEvent.PublicReason, clock.GetUtcNow()), cancellationToken);
        }
    }
}

/// <summary>Has everybody told who left an address that a notice or a paper was corrected, or a paper added: once for each.</summary>
internal sealed class AnnounceCorrection(IParticipationDb db, ResponseForms forms, IMediator mediator, TimeProvider clock) : IIntegrationEventHandler<ConsultationCorrectedV1>
{
    public async Task Handle(ConsultationCorrectedV1 integrationEvent, CancellationToken cancellationToken)
    {
        if (await forms.Follow(integrationEvent.ConsultationId, cancellationToken) is { } form)
        {
            var facts = await mediator.Send(new FindConsultation(integrationEvent.ConsultationId), cancellationToken);
            var words = $"{integrationEvent.What}\n\nWhy: {integrationEvent.PublicReason}";
            await db.AnnounceOnce(Announcement.OfCorrection(form, facts, integrationEvent.CorrectionId, words, clock.GetUtcNow()), cancellationToken);
        }
    }
}

/// <summary>Has everybody told who left an address what became of the consultation: once for each version of the outcome.</summary>
internal sealed class AnnounceOutcome(IParticipationDb db, IMediator mediator, TimeProvider clock) : IIntegrationEventHandler<OutcomePublishedV2>
{
    public async Task Handle(OutcomePublishedV2 integrationEvent, CancellationToken cancellationToken) => await db.AnnounceOnce(
        Announcement.OfOutcome(
            integrationEvent.ConsultationId, await mediator.Send(new FindConsultation(integrationEvent.ConsultationId), cancellationToken),
            integrationEvent.OutcomeVersion, integrationEvent.Slug, integrationEvent.Title, clock.GetUtcNow()),
        cancellationToken);
}

/// <summary>Has those told who asked for it that a consultation is open; where the word comes after its close, nobody.</summary>
internal sealed class AnnounceOpening(IParticipationDb db, IMediator mediator, TimeProvider clock) : IIntegrationEventHandler<ConsultationOpenedV1>
{
    public async Task Handle(ConsultationOpenedV1 integrationEvent, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await mediator.Send(new FindConsultation(integrationEvent.ConsultationId), cancellationToken) is { } facts
            && facts.Status != ConsultationStatus.Withdrawn && now < facts.ClosesAt)
        {
            await db.AnnounceOnce(Announcement.OfOpening(facts, now), cancellationToken);
            if (facts.RestartOf is { } earlier && await mediator.Send(new FindConsultation(earlier), cancellationToken) is { } before)
            {
                await db.AnnounceOnce(Announcement.OfNewRound(before, facts, now), cancellationToken);
            }
        }
    }
}

/// <summary>Has those told who asked for it that a consultation has closed, how many responded and when the outcome is due.</summary>
internal sealed class AnnounceClose(IParticipationDb db, IMediator mediator, TimeProvider clock) : IIntegrationEventHandler<ConsultationClosedV1>
{
    public async Task Handle(ConsultationClosedV1 integrationEvent, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new FindConsultation(integrationEvent.ConsultationId), cancellationToken) is { } facts)
        {
            await db.AnnounceOnce(Announcement.OfClose(facts, integrationEvent.ResponseCount, integrationEvent.OutcomeDueOn, clock.GetUtcNow()), cancellationToken);
        }
    }
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
