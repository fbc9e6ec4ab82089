namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section A: who may see and do what.</summary>
internal static class AccessAttacks
{
    private const string NotYet = "not tested yet";

    public static readonly IReadOnlyList<Attack> All =
    [
        new("A01", "Another team's draft by its id", NotYet),
        new("A02", "An unpublished consultation in any representation", NotYet),
        new("A03", "An id of another kind or another thing's part", NotYet),
        new("A04", "A response by its reference alone"),
        new("A05", "The secret of one response with the reference of another"),
        new("A06", "A client without the scope that a request needs", NotYet),
        new("A07", "A token of another council's system", NotYet),
        new("A08", "An own approval, and two at once"),
        new("A09", "A change of the questionnaire by those who may not, and after the opening"),
        new("A10", "Equality answers by include, expand, fields or export", NotYet),
        new("A11", "Filters and sorting by fields that are not offered", NotYet),
        new("A12", "An export's link in other hands or too late"),
        new("A13", "Many exports at once", NotYet),
        new("A14", "A guessed id of an export or file"),
        new("A15", "Overridden, unknown and unused methods", NotYet),
        new("A16", "An account or client that is ended in mid-session"),
        new("A17", "A role that is taken away in mid-session"),
        new("A18", "A response changed after the closing instant"),
        new("A19", "Another client's deliveries", NotYet),
        new("A20", "A bulk action with one foreign id", NotYet),
        new("A21", "Counts of what an officer may not open", NotYet),
        new("A22", "A preview link that is passed on", NotYet),
    ];
}
