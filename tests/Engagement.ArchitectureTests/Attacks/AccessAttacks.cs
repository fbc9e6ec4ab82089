namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section A: who may see and do what.</summary>
internal static class AccessAttacks
{
    public static readonly IReadOnlyList<Attack> All =
    [
        new("A01", "Another team's draft by its id", Differs: "403 not-your-team: every officer with a role may know of every consultation of the council, so the refusal names its team; what they may not know of, a response or a part of it, is answered alike whether it is there or not."),
        new("A02", "An unpublished consultation in any representation"),
        new("A03", "An id of another kind or another thing's part"),
        new("A04", "A response by its reference alone"),
        new("A05", "The secret of one response with the reference of another"),
        new("A06", "A client without the scope that a request needs"),
        new("A07", "A token of another council's system", Differs: "401 by the signature: each council has a deployment with keys of its own."),
        new("A08", "An own approval, and two at once"),
        new("A09", "A change of the questionnaire by those who may not, and after the opening"),
        new("A10", "Equality answers by include, expand, fields or export"),
        new("A11", "Filters and sorting by fields that are not offered"),
        new("A12", "An export's link in other hands or too late", Differs: "An export's link opens for as long as its file is kept, to who asked for it and while they hold the right: both are asked at each download."),
        new("A13", "Many exports at once"),
        new("A14", "A guessed id of an export or file", Differs: "The id of an export is no secret: whoever asked for it is the only one who is given it."),
        new("A15", "Overridden, unknown and unused methods"),
        new("A16", "An account or client that is ended in mid-session"),
        new("A17", "A role that is taken away in mid-session"),
        new("A18", "A response changed after the closing instant"),
        new("A19", "Another client's deliveries", "There are no webhooks yet, so no deliveries."),
        new("A20", "A bulk action with one foreign id", "No action takes a list of ids from officers or clients: what is done to many names one consultation, and its right is asked there."),
        new("A21", "Counts of what an officer may not open"),
        new("A22", "A preview link that is passed on", "There are no preview links: a preview is a page for officers who have signed in."),
    ];
}
