namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section I: inventory and build.</summary>
internal static class InventoryAttacks
{
    private const string NotYet = "not tested yet";

    public static readonly IReadOnlyList<Attack> All =
    [
        new("I01", "Routes that no description or policy knows", NotYet),
        new("I02", "Development aids in a production build", NotYet),
        new("I03", "Libraries with known holes", NotYet),
        new("I04", "A start with something missing or wrong"),
    ];
}
