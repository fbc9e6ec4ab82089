namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section F: privacy.</summary>
internal static class PrivacyAttacks
{
    public static readonly IReadOnlyList<Attack> All =
    [
        new("F01", "A table with a cell of one person"),
        new("F02", "Two tables that differ by one person", "Tables have no filter that could leave a person out, and are for officers, who may read each response; none is published"),
        new("F03", "Personal data in free text"),
        new("F04", "The original behind a redacted text"),
        new("F05", "Equality answers that are taken back"),
        new("F06", "A person asks for all of their data", "There is no such export: who somebody is, nobody is asked; whoever responded reads all of it by the receipt's secret"),
        new("F07", "A backup that is older than an erasure"),
        new("F08", "A token that leaks by the referrer"),
        new("F09", "A personal page asked for under a name that caches keep"),
        new("F10", "Planted words searched for in every log"),
        new("F11", "Calls to other hosts from the public's pages"),
        new("F12", "A notice to a thousand people"),
        new("F13", "An officer who opens many responses", "No page, answer of the API or export shows an officer the address of somebody who responded"),
        new("F14", "A picture that says where it was taken", Differs: "Refused with what to do, and not changed: its digest is published as it came"),
    ];
}
