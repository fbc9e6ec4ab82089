using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Telling;

/// <summary>Has those told who asked for it that a consultation closes soon: once for each deadline.</summary>
[InternalRequest]
public sealed record AnnounceClosingSoon(ConsultationId ConsultationId) : ICommand<Unit>;

internal sealed class AnnounceClosingSoonHandler(IParticipationDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<AnnounceClosingSoon, Unit>
{
    public async Task<Unit> Handle(AnnounceClosingSoon request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await mediator.Send(new FindConsultation(request.ConsultationId), cancellationToken) is { } facts
            && facts.Status is ConsultationStatus.Open or ConsultationStatus.Scheduled && facts.OpensAt <= now && now < facts.ClosesAt)
        {
            await db.AnnounceOnce(Announcement.OfClosingSoon(facts, now), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return Unit.Value;
    }
}

internal static class ClosingSoon
{
    /// <summary>
    /// Open consultations whose deadline is nearer than the warning, and of which nobody was told so. One that opened within that time was announced with its
    /// deadline, and so was one whose deadline moved within it.
    /// </summary>
    public static IQueryable<ResponseForm> ToAnnounce(this IParticipationDb db, TimeSpan warning, DateTimeOffset now)
    {
        var until = now + warning;
        return db.Forms.Where(f => !f.IsWithdrawn && f.QuestionnaireVersion != null && f.OpensAt <= now && f.ClosesAt > now && f.ClosesAt <= until)
            .Where(f => f.OpensAt < f.ClosesAt - warning)
            .Where(f => !db.Announcements.Any(a => a.ConsultationId == f.ConsultationId && a.ClosesAt == f.ClosesAt
                && (a.Kind == AnnouncementKind.ClosingSoon || (a.Kind == AnnouncementKind.Extended && a.CreatedAt >= f.ClosesAt - warning))));
    }
}
