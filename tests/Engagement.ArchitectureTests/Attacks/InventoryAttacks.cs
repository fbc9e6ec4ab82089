namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section I: inventory and build.</summary>
internal static class InventoryAttacks
{
    public static readonly IReadOnlyList<Attack> All =
    [
        new("I01", "Routes that no description or policy knows"),
        new("I02", "Development aids in a production build", Differs: "/docs describes the API to everybody on purpose; it shows nothing that a token would be needed for."),
        new("I03", "Libraries with known holes", Differs: "Asked at each restore, of the feed that the build uses; the list of libraries is build/Packages.props, not an SBOM."),
        new("I04", "A start with something missing or wrong"),
    ];
}
