using MimeKit;

namespace Engagement.Platform.Notifications;

/// <summary>A notification as a message in plain text, the same for every way it goes.</summary>
internal static class MailMessages
{
    private static readonly ParserOptions OneAddress = new() { AddressParserComplianceMode = RfcComplianceMode.Strict, AllowAddressesWithoutDomain = false };

    /// <exception cref="MailRefusedException">The address is none, or would smuggle in another header.</exception>
    public static MimeMessage Compose(Guid id, string recipient, NotificationContent content, MailOptions mail)
    {
        if (recipient.AsSpan().IndexOfAny("\r\n\0<(") >= 0 || !MailboxAddress.TryParse(OneAddress, recipient, out var to))
        {
            throw new MailRefusedException("The address is not an e-mail address.");
        }

        var from = new MailboxAddress(mail.FromName, mail.From);
        var message = new MimeMessage
        {
            Subject = content.Subject.ReplaceLineEndings(" "),
            MessageId = $"{id:N}@{from.Domain}",
            Body = new TextPart("plain") { Text = content.Body },
        };
        message.From.Add(from);
        message.To.Add(to);
        if (content.UnsubscribeAddress is { } leave)
        {
            message.Headers.Add("List-Unsubscribe", $"<{leave}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return message;
    }
}
