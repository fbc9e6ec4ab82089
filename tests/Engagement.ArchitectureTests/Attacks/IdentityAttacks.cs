namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section B: identity, sessions, the browser's trust.</summary>
internal static class IdentityAttacks
{
    public static readonly IReadOnlyList<Attack> All =
    [
        new("B01", "Whether an account exists, asked by signing in", Differs: "What is done is compared, one hash in either case, and not milliseconds, which a shared machine does not keep."),
        new("B02", "Whether an account exists, asked by a reset or a resume link"),
        new("B03", "Somebody else's address subscribed twenty times"),
        new("B04", "A mail scanner that follows a confirmation link"),
        new("B05", "A confirmation link used again, late, changed or elsewhere", Differs: "A link names its own request, so there is no other consultation to use it on."),
        new("B06", "An expired invitation revived by a reset", "There are no invitations: a first password is shown once to whoever hands it over, and changed at the next sign-in."),
        new("B07", "A session id fixed before the sign-in"),
        new("B08", "The back button after signing out"),
        new("B09", "A thousand guesses at passwords"),
        new("B10", "A token that is not signed by us"),
        new("B11", "A token that is expired, early, or for somebody else"),
        new("B12", "A client's secret in the address"),
        new("B13", "A return address that leads elsewhere"),
        new("B14", "A form without its token, with another's, or from elsewhere"),
        new("B15", "Another host's name in the request", Differs: "400 where AllowedHosts names the hosts; links begin with Site:BaseAddress in any case."),
        new("B16", "A forged address of the sender"),
        new("B17", "An officer's page in a frame"),
        new("B18", "Cookies read by script or sent from elsewhere", Differs: "Without the prefix __Host-, which asks for the path /: the officers' cookie is sent to /admin alone."),
        new("B19", "The API called from another origin with an officer's session"),
    ];
}
