using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace Engagement.Platform.Notifications;

internal sealed class SmtpChannel(IOptions<MailOptions> options) : IMailChannel
{
    private readonly MailOptions mail = options.Value;

    public string Name => "smtp";

    public async Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient(mail.Smtp.Host, mail.Smtp.Port) { EnableSsl = mail.Smtp.Tls };
        if (mail.Smtp.User.Length > 0)
        {
            client.Credentials = new NetworkCredential(mail.Smtp.User, mail.Smtp.Password);
        }

        using var message = MailMessages.Compose(id, recipient, content, mail);
        try
        {
            await client.SendMailAsync(message, cancellationToken);
        }
        catch (SmtpFailedRecipientException error) when (error.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath)
        {
            throw new MailRefusedException($"The mail server refused the address ({(int)error.StatusCode}).", error);
        }
    }
}

internal static class MailMessages
{
    /// <exception cref="MailRefusedException">The address is none, or would smuggle in another header.</exception>
    public static MailMessage Compose(Guid id, string recipient, NotificationContent content, MailOptions mail)
    {
        if (recipient.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0 || !MailAddress.TryCreate(recipient, out var to))
        {
            throw new MailRefusedException("The address is not an e-mail address.");
        }

        var message = new MailMessage
        {
            From = new MailAddress(mail.From, mail.FromName, Encoding.UTF8),
            Subject = content.Subject.ReplaceLineEndings(" "),
            SubjectEncoding = Encoding.UTF8,
            Body = content.Body,
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        message.To.Add(to);
        message.Headers.Add("Message-ID", $"<{id:N}@{new MailAddress(mail.From).Host}>");
        if (content.UnsubscribeAddress is { } leave)
        {
            message.Headers.Add("List-Unsubscribe", $"<{leave}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return message;
    }
}
