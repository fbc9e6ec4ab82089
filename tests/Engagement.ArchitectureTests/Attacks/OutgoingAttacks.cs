namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section D: requests that the server makes.</summary>
internal static class OutgoingAttacks
{
    private const string NotYet = "not tested yet";

    public static readonly IReadOnlyList<Attack> All =
    [
        new("D01", "A receiver's address inside the network", NotYet),
        new("D02", "A name that resolves to another address later", NotYet),
        new("D03", "A receiver that redirects inwards", NotYet),
        new("D04", "Another scheme or port", NotYet),
        new("D05", "An address with a password or fragment", NotYet),
        new("D06", "A receiver that drips, floods or bombs", NotYet),
        new("D07", "A receiver that fails for days", NotYet),
        new("D08", "An old delivery played again", NotYet),
        new("D09", "A secret that is changed", NotYet),
        new("D10", "A delivery whose body or id was changed", NotYet),
        new("D11", "Personal data in what is delivered", NotYet),
        new("D12", "A hundred test deliveries a minute", NotYet),
        new("D13", "A rendering that fetches from elsewhere", NotYet),
        new("D14", "A forged report of delivery", NotYet),
        new("D15", "A provider that answers with nonsense", NotYet),
    ];
}
