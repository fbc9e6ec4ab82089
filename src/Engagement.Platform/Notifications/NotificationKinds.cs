using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Platform.Notifications;

/// <summary>A kind of message that a module sends, so that officers can read it before anybody gets it.</summary>
/// <param name="Kind">As it stands in the log, such as <c>outcome-published</c>.</param>
/// <param name="To">Who gets it, such as <c>the lead officer</c>.</param>
/// <param name="When">When it is sent, such as <c>seven days before a consultation closes</c>.</param>
/// <param name="Sample">The message with made-up facts, written by the code that writes the real one.</param>
public sealed record NotificationKind(string Kind, string To, string When, Func<NotificationContent> Sample);

public static class NotificationKindRegistration
{
    public static IServiceCollection AddNotificationKind(this IServiceCollection services, string kind, string to, string when, Func<NotificationContent> sample) =>
        services.AddSingleton(new NotificationKind(kind, to, when, sample));
}

/// <summary>What each kind of message says, with made-up facts; by kind.</summary>
[RequiresScope("consultations:read")]
public sealed record ListNotificationKinds : IQuery<IReadOnlyList<NotificationPreview>>;

public sealed record NotificationPreview(string Kind, string To, string When, string Subject, string Body);

internal sealed class ListNotificationKindsHandler(IEnumerable<NotificationKind> kinds) : IRequestHandler<ListNotificationKinds, IReadOnlyList<NotificationPreview>>
{
    public Task<IReadOnlyList<NotificationPreview>> Handle(ListNotificationKinds request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<NotificationPreview>>(
        [
            .. from kind in kinds
               orderby kind.Kind
               let sample = kind.Sample()
               select new NotificationPreview(kind.Kind, kind.To, kind.When, sample.Subject, sample.Body),
        ]);
}

/// <summary>Sends one kind of message, with made-up facts, to the officer who asks and to nobody else.</summary>
[RequiresScope("consultations:write", Anywhere = true)]
public sealed record SendTestNotification(string Kind) : ICommand<Unit>;

internal sealed class SendTestNotificationHandler(
    IPlatformDb db, IEnumerable<NotificationKind> kinds, IActorDirectory directory, ICurrentActor current, MasterKey masterKey, TimeProvider clock)
    : IRequestHandler<SendTestNotification, Unit>
{
    public async Task<Unit> Handle(SendTestNotification request, CancellationToken cancellationToken)
    {
        var kind = kinds.FirstOrDefault(k => k.Kind == request.Kind) ?? throw new NotFoundException("kind of message");
        var address = await directory.EmailAddressOfAsync(current.Actor, cancellationToken)
            ?? throw new RuleBrokenException("no-address", "Only an officer has an address to send a test to. Sign in as an officer.");
        var sample = kind.Sample();
        var content = sample with { Subject = $"[Test] {sample.Subject}", UnsubscribeAddress = null };
        db.Notify(Notification.To(address, "test", $"test/{kind.Kind}/{Guid.CreateVersion7()}", Guid.Parse(current.Actor.Id), content, masterKey, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
