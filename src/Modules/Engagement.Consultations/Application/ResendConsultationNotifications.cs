using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>Sends again the messages about one consultation that failed, and no other; on record in its history.</summary>
/// <param name="Kind">Only this kind; null for each.</param>
[RequiresScope("consultations:write")]
public sealed record ResendConsultationNotifications(ConsultationId ConsultationId, string? Kind = null) : ICommand<Resent>;

internal sealed class ResendConsultationNotificationsHandler(IConsultationsDb db, NotificationLog log) : IRequestHandler<ResendConsultationNotifications, Resent>
{
    public async Task<Resent> Handle(ResendConsultationNotifications request, CancellationToken cancellationToken)
    {
        await db.MustExist(request.ConsultationId, cancellationToken);
        return await log.ResendFailedAsync(request.ConsultationId.Value, request.Kind, cancellationToken);
    }
}
