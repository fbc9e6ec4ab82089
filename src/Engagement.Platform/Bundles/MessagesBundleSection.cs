using Engagement.Platform.Notifications;

namespace Engagement.Platform.Bundles;

/// <summary>How many messages went to people about the consultation, by kind: no address, no words.</summary>
internal sealed class MessagesBundleSection(NotificationLog log) : IBundleSection
{
    public string Folder => "90-messages";

    public string Title => "Messages to people";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var counts = (await log.ReadAsync(bundle.Consultation, kind: null, state: null, cursor: null, limit: 1, cancellationToken)).Counts;
        await bundle.AddJsonAsync("messages.json", "Messages by kind and what became of them", counts, cancellationToken);
        bundle.Page.Paragraph("How many messages about this consultation were sent by e-mail. Addresses and words are not in a bundle.");
        bundle.Page.Table(
            "Messages by kind",
            ["Kind", "Sent", "Waiting", "Failed", "Superseded"],
            counts.Select(IReadOnlyList<BundleText> (c) => [c.Kind, c.Sent, c.Waiting, c.Failed, c.Superseded]));
        bundle.Page.List([BundleText.Link("messages.json", "The same as JSON")]);
    }
}
