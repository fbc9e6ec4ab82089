namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section E: rules of a consultation, and abuse of them.</summary>
internal static class RuleAttacks
{
    public static readonly IReadOnlyList<Attack> All =
    [
        new("E01", "A response before the opening or at the closing instant"),
        new("E02", "The sender's own time of receipt"),
        new("E03", "Missing answers and answers to hidden questions"),
        new("E04", "Sent twice by a double click, a reload or the way back"),
        new("E05", "Fifty posts at once with one key"),
        new("E06", "A key used for another body or by another client"),
        new("E07", "A hundred supports at once", "There is no supporting by a click: what counts is a response."),
        new("E08", "A thousand responses from one address", Differs: "The mark begins with the second half of the quota: no address is kept beside a response by which the first half could be found"),
        new("E09", "The trap field filled, or a form sent faster than anybody reads"),
        new("E10", "Spellings of one e-mail address", "No two responses are likened by an address: it is kept encrypted and apart from answers, and each response counts as one."),
        new("E11", "Five thousand copies of one letter", "Texts that resemble each other are not grouped: every copy of a letter is a response and is read as one."),
        new("E12", "Options of another question and choices beyond the rules", Differs: "400 with the question's code under errors, as every validation of this contract; there is no ranking."),
        new("E13", "A question changed while people answer"),
        new("E14", "A deadline brought forward, and a closed consultation reopened", Differs: "A closed one is never reopened: asking again is a new round with an approval of its own."),
        new("E15", "A paper response entered after the close"),
        new("E16", "An outcome published before the decision"),
        new("E17", "The record changed by the program's own role"),
        new("E18", "A theme or question deleted that is in use"),
        new("E19", "A child's answers and a birthday in the future", "No date of birth is asked for: the equality questions know age groups, which can be left unsaid, and a form can end early for whom it is not meant."),
        new("E20", "Two officers who code one response at once"),
        new("E21", "A confirmation that is clicked after the close", "A response counts from its arrival and waits for no confirmation of an address; addresses are confirmed for updates alone."),
        new("E22", "A client that posts for others"),
    ];
}
