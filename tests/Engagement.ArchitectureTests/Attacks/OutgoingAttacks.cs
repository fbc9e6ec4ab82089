namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section D: requests that the server makes.</summary>
internal static class OutgoingAttacks
{
    public static readonly IReadOnlyList<Attack> All =
    [
        new("D01", "A receiver's address inside the network", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D02", "A name that resolves to another address later", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D03", "A receiver that redirects inwards", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D04", "Another scheme or port", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D05", "An address with a password or fragment", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D06", "A receiver that drips, floods or bombs", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D07", "A receiver that fails for days", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D08", "An old delivery played again", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D09", "A secret that is changed", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D10", "A delivery whose body or id was changed", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D11", "Personal data in what is delivered", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D12", "A hundred test deliveries a minute", "There are no webhooks: no request goes to an address that anybody can enter"),
        new("D13", "A rendering that fetches from elsewhere", "Nothing is rendered to a picture or to PDF"),
        new("D14", "A forged report of delivery", "No reports of delivery are received"),
        new("D15", "A provider that answers with nonsense"),
    ];
}
