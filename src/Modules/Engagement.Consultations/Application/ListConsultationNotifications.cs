using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>The log of the messages about one consultation, latest first, with counts by kind. No address, no words.</summary>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Limit">1 to 200; null is 50.</param>
[RequiresScope("consultations:read")]
public sealed record ListConsultationNotifications(
    ConsultationId ConsultationId, string? Kind = null, NotificationState? State = null, string? Cursor = null, int? Limit = null) : IQuery<NotificationLogPage>;

internal sealed class ListConsultationNotificationsHandler(IConsultationsDb db, NotificationLog log) : IRequestHandler<ListConsultationNotifications, NotificationLogPage>
{
    public async Task<NotificationLogPage> Handle(ListConsultationNotifications request, CancellationToken cancellationToken)
    {
        await db.MustExist(request.ConsultationId, cancellationToken);
        return await log.ReadAsync(request.ConsultationId.Value, request.Kind, request.State, request.Cursor, request.Limit, cancellationToken);
    }
}
