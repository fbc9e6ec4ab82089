namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section C: injection and content.</summary>
internal static class ContentAttacks
{
    private const string NotYet = "not tested yet";

    public static readonly IReadOnlyList<Attack> All =
    [
        new("C01", "Markup in names, texts and file names"),
        new("C02", "Script in an officer's rich text", NotYet),
        new("C03", "Script in parameters of an address", NotYet),
        new("C04", "A poisoned file that an officer imports", NotYet),
        new("C05", "An uploaded picture or page that carries script", NotYet),
        new("C06", "A page on the way out with a script as its target", NotYet),
        new("C07", "A video address that only looks like the provider's", NotYet),
        new("C08", "SQL in search and sort terms", NotYet),
        new("C09", "Wildcards and nested quantifiers in a search", NotYet),
        new("C10", "Formulas in cells of a table", NotYet),
        new("C11", "An export opened in a spreadsheet", NotYet),
        new("C12", "An archive that unpacks without end", NotYet),
        new("C13", "Line breaks in what reaches a mail header", NotYet),
        new("C14", "Template code in text"),
        new("C15", "Line breaks and terminal escapes in what is logged"),
        new("C16", "XML with a DTD or an external entity", NotYet),
        new("C17", "Paths in names of files", NotYet),
        new("C18", "A file that is not what its name says", NotYet),
        new("C19", "A picture of absurd dimensions", NotYet),
        new("C20", "JSON that is ambiguous, too deep or no text", NotYet),
        new("C21", "Letters that turn direction, hide or look alike", NotYet),
        new("C22", "Fields that nobody may set in a body", NotYet),
        new("C23", "Arrays, repeated parameters and strings for booleans", NotYet),
        new("C24", "A body of the wrong type", NotYet),
        new("C25", "Ambiguous framing on a raw socket", NotYet),
        new("C26", "Line breaks in a file name or redirect", NotYet),
        new("C27", "Expansion of many levels and fields", NotYet),
    ];
}
