using Microsoft.Extensions.Options;
using MimeKit;

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
        message.Prepare(EncodingConstraint.SevenBit);
        Directory.CreateDirectory(directory);

        // Whoever reads the directory meanwhile sees whole messages only.
        var unfinished = Path.Combine(directory, $".{id:N}");
        await message.WriteToAsync(unfinished, cancellationToken);
        File.Move(unfinished, Path.Combine(directory, $"{id:N}.eml"), overwrite: true);
    }
}
