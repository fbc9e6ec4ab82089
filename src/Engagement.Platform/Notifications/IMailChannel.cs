namespace Engagement.Platform.Notifications;

/// <summary>One way out. Handing over the same id twice must be recognisable outside.</summary>
public interface IMailChannel
{
    /// <summary>As it stands in the log of notifications: <c>smtp</c>, <c>govuk-notify</c> or <c>file</c>.</summary>
    string Name { get; }

    /// <param name="id">The same on every attempt; it becomes the Message-ID or the reference.</param>
    /// <exception cref="MailRefusedException">The address or the message will never be taken: trying again is pointless.</exception>
    Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken);
}

public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);
