namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section E: rules of a consultation, and abuse of them.</summary>
internal static class RuleAttacks
{
    private const string NotYet = "not tested yet";

    public static readonly IReadOnlyList<Attack> All =
    [
        new("E01", "A response before the opening or at the closing instant"),
        new("E02", "The sender's own time of receipt", NotYet),
        new("E03", "Missing answers and answers to hidden questions"),
        new("E04", "Sent twice by a double click, a reload or the way back"),
        new("E05", "Fifty posts at once with one key"),
        new("E06", "A key used for another body or by another client"),
        new("E07", "A hundred supports at once", "There is no supporting by a click: what counts is a response."),
        new("E08", "A thousand responses from one address", Differs: "Those taken before the flood is refused carry no mark: no address is kept beside a response"),
        new("E09", "The trap field filled, or a form sent faster than anybody reads", NotYet),
        new("E10", "Spellings of one e-mail address", NotYet),
        new("E11", "Five thousand copies of one letter", NotYet),
        new("E12", "Options of another question and choices beyond the rules", NotYet),
        new("E13", "A question changed while people answer"),
        new("E14", "A deadline brought forward, and a closed consultation reopened", NotYet),
        new("E15", "A paper response entered after the close"),
        new("E16", "An outcome published before the decision", NotYet),
        new("E17", "The record changed by the program's own role"),
        new("E18", "A theme or question deleted that is in use"),
        new("E19", "A child's answers and a birthday in the future", NotYet),
        new("E20", "Two officers who code one response at once"),
        new("E21", "A confirmation that is clicked after the close", "A response counts from its arrival and waits for no confirmation of an address; addresses are confirmed for updates alone."),
        new("E22", "A client that posts for others"),
    ];
}
