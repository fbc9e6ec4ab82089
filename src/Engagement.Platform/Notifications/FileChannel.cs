using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Engagement.Platform.Notifications;

/// <summary>Writes each message to a file named after its id, where no mail server is configured. A repeat overwrites the same file.</summary>
internal sealed class FileChannel(IOptions<MailOptions> options) : IMailChannel
{
    public string Name => "file";

    public async Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken)
    {
        var directory = options.Value.Directory;
        if (directory.Length == 0)
        {
            throw new InvalidOperationException("No way to send mail is configured. Set Mail__Smtp__Host, Mail__Notify__ApiKey or Mail__Directory.");
        }

        using var message = MailMessages.Compose(id, recipient, content, options.Value);
        var drop = Path.Combine(directory, $".{id:N}");
        Directory.CreateDirectory(drop);
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = drop })
        {
            await client.SendMailAsync(message, cancellationToken);
        }

        File.Move(Directory.EnumerateFiles(drop).Single(), Path.Combine(directory, $"{id:N}.eml"), overwrite: true);
        Directory.Delete(drop);
    }
}
