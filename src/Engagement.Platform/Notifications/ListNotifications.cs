using Engagement.Kernel;
using MediatR;

namespace Engagement.Platform.Notifications;

/// <summary>The log of every message to people, latest first, with counts by kind of the last 30 days. No address, no words.</summary>
/// <param name="SubjectId">Only what is about this, such as a consultation.</param>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Limit">1 to 200; null is 50.</param>
[RequiresScope("administration:read")]
public sealed record ListNotifications(Guid? SubjectId = null, string? Kind = null, NotificationState? State = null, string? Cursor = null, int? Limit = null)
    : IQuery<NotificationLogPage>;

internal sealed class ListNotificationsHandler(NotificationLog log) : IRequestHandler<ListNotifications, NotificationLogPage>
{
    public Task<NotificationLogPage> Handle(ListNotifications request, CancellationToken cancellationToken) =>
        log.ReadAsync(request.SubjectId, request.Kind, request.State, request.Cursor, request.Limit, cancellationToken);
}

/// <summary>Sends again what failed, and nothing else.</summary>
/// <param name="SubjectId">Only what is about this; null for all.</param>
/// <param name="Kind">Only this kind; null for each.</param>
[RequiresScope("administration:write")]
public sealed record ResendFailedNotifications(Guid? SubjectId = null, string? Kind = null) : ICommand<Resent>;

internal sealed class ResendFailedNotificationsHandler(NotificationLog log) : IRequestHandler<ResendFailedNotifications, Resent>
{
    public Task<Resent> Handle(ResendFailedNotifications request, CancellationToken cancellationToken) =>
        log.ResendFailedAsync(request.SubjectId, request.Kind, cancellationToken);
}
