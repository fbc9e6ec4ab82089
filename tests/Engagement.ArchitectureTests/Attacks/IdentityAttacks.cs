namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section B: identity, sessions, the browser's trust.</summary>
internal static class IdentityAttacks
{
    private const string NotYet = "not tested yet";

    public static readonly IReadOnlyList<Attack> All =
    [
        new("B01", "Whether an account exists, asked by signing in"),
        new("B02", "Whether an account exists, asked by a reset or a resume link"),
        new("B03", "Somebody else's address subscribed twenty times"),
        new("B04", "A mail scanner that follows a confirmation link"),
        new("B05", "A confirmation link used again, late, changed or elsewhere", NotYet),
        new("B06", "An expired invitation revived by a reset", "There are no invitations: a first password is shown once to whoever hands it over, and changed at the next sign-in."),
        new("B07", "A session id fixed before the sign-in"),
        new("B08", "The back button after signing out", NotYet),
        new("B09", "A thousand guesses at passwords"),
        new("B10", "A token that is not signed by us"),
        new("B11", "A token that is expired, early, or for somebody else"),
        new("B12", "A client's secret in the address"),
        new("B13", "A return address that leads elsewhere"),
        new("B14", "A form without its token, with another's, or from elsewhere", NotYet),
        new("B15", "Another host's name in the request", NotYet),
        new("B16", "A forged address of the sender"),
        new("B17", "An officer's page in a frame", NotYet),
        new("B18", "Cookies read by script or sent from elsewhere", NotYet),
        new("B19", "The API called from another origin with an officer's session", NotYet),
    ];
}
