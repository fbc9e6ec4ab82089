using Microsoft.Extensions.Options;
using Notify.Client;
using Notify.Exceptions;

namespace Engagement.Platform.Notifications;

/// <summary>GOV.UK Notify. Its reference lets a repeat be found and dropped there.</summary>
internal sealed class NotifyChannel(IOptions<MailOptions> options) : IMailChannel
{
    private readonly NotificationClient client = new(options.Value.Notify.BaseAddress, options.Value.Notify.ApiKey);

    public string Name => "govuk-notify";

    public async Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken)
    {
        var personalisation = new Dictionary<string, dynamic>(StringComparer.Ordinal) { ["subject"] = content.Subject, ["body"] = content.UnsubscribeAddress is { } leave ? $"{content.Body}\n\nTo stop these messages: {leave}" : content.Body };
        try
        {
            await client.SendEmailAsync(
                recipient, options.Value.Notify.TemplateId, personalisation, id.ToString("N"));
        }
        catch (NotifyClientException error) when (error.Message.StartsWith("Status code 400", StringComparison.Ordinal))
        {
            throw new MailRefusedException("GOV.UK Notify refused the address or the message (400).", error);
        }
    }
}
