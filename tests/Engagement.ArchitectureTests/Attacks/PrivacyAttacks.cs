namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section F: privacy.</summary>
internal static class PrivacyAttacks
{
    private const string NotYet = "not tested yet";

    public static readonly IReadOnlyList<Attack> All =
    [
        new("F01", "A table with a cell of one person"),
        new("F02", "Two tables that differ by one person", NotYet),
        new("F03", "Personal data in free text", NotYet),
        new("F04", "The original behind a redacted text", NotYet),
        new("F05", "Equality answers that are taken back", NotYet),
        new("F06", "A person asks for all of their data", NotYet),
        new("F07", "A backup that is older than an erasure", NotYet),
        new("F08", "A token that leaks by the referrer"),
        new("F09", "A personal page asked for under a name that caches keep", NotYet),
        new("F10", "Planted words searched for in every log"),
        new("F11", "Calls to other hosts from the public's pages", NotYet),
        new("F12", "A notice to a thousand people", NotYet),
        new("F13", "An officer who opens many responses", NotYet),
        new("F14", "A picture that says where it was taken", NotYet),
    ];
}
