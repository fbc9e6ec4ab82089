using System.Collections.Concurrent;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Engagement.Platform.Notifications;

/// <summary>Hands messages to a mail server; a conversation that went well goes on with the next message, while there is one soon.</summary>
internal sealed class SmtpChannel(IOptions<MailOptions> options, TimeProvider clock) : IMailChannel, IDisposable
{
    /// <summary>Mail servers end a conversation that lasts: after some minutes of silence or some hundred messages.</summary>
    private const int MostMessages = 50;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private readonly MailOptions mail = options.Value;
    private readonly ConcurrentBag<Conversation> idle = [];

    public string Name => "smtp";

    public async Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken)
    {
        using var message = MailMessages.Compose(id, recipient, content, mail);
        var conversation = await Open(cancellationToken);
        try
        {
            await conversation.Client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException error) when (error.ErrorCode == SmtpErrorCode.RecipientNotAccepted
            && error.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath)
        {
            conversation.Client.Dispose();
            throw new MailRefusedException($"The mail server refused the address ({(int)error.StatusCode}).", error);
        }
        catch
        {
            conversation.Client.Dispose();
            throw;
        }

        idle.Add(conversation with { Messages = conversation.Messages + 1, LastAt = clock.GetTimestamp() });
    }

    public void Dispose()
    {
        while (idle.TryTake(out var conversation))
        {
            conversation.Client.Dispose();
        }
    }

    private async Task<Conversation> Open(CancellationToken cancellationToken)
    {
        while (idle.TryTake(out var conversation))
        {
            if (conversation.Client.IsConnected && conversation.Messages < MostMessages && clock.GetElapsedTime(conversation.LastAt) < LongestSilence)
            {
                return conversation;
            }

            conversation.Client.Dispose();
        }

        var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(mail.Smtp.Host, mail.Smtp.Port, mail.Smtp.Tls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, cancellationToken);
            if (mail.Smtp.User.Length > 0)
            {
                await client.AuthenticateAsync(mail.Smtp.User, mail.Smtp.Password, cancellationToken);
            }

            return new Conversation(client, Messages: 0, clock.GetTimestamp());
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private sealed record Conversation(SmtpClient Client, int Messages, long LastAt);
}
