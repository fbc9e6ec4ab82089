namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section C: injection and content.</summary>
internal static class ContentAttacks
{
    public static readonly IReadOnlyList<Attack> All =
    [
        new("C01", "Markup in names, texts and file names"),
        new("C02", "Script in an officer's rich text", "There is no rich text: texts are plain and are shown in paragraphs"),
        new("C03", "Script in parameters of an address"),
        new("C04", "A poisoned file that an officer imports", "No file is imported: papers are kept as bytes and never read"),
        new("C05", "An uploaded picture or page that carries script", Differs: "Such files are refused; what is taken is only ever given as an attachment"),
        new("C06", "A page on the way out with a script as its target", "There is no page on the way out: a link leads where it says"),
        new("C07", "A video address that only looks like the provider's", "No video is embedded"),
        new("C08", "SQL in search and sort terms"),
        new("C09", "Wildcards and nested quantifiers in a search"),
        new("C10", "Formulas in cells of a table"),
        new("C11", "An export opened in a spreadsheet", "No spreadsheet is written: tables are CSV"),
        new("C12", "An archive that unpacks without end", Differs: "A rule refuses it: 409"),
        new("C13", "Line breaks in what reaches a mail header"),
        new("C14", "Template code in text"),
        new("C15", "Line breaks and terminal escapes in what is logged"),
        new("C16", "XML with a DTD or an external entity", "No XML from outside is parsed; of an Office file only the directory of its archive is read"),
        new("C17", "Paths in names of files"),
        new("C18", "A file that is not what its name says", Differs: "A rule refuses it: 409"),
        new("C19", "A picture of absurd dimensions", "No picture is decoded by the program"),
        new("C20", "JSON that is ambiguous, too deep or no text", Differs: "A byte order mark is skipped, as RFC 8259 allows"),
        new("C21", "Letters that turn direction, hide or look alike", Differs: "Joiners stay, which scripts and emoji need; letters that look alike stay too"),
        new("C22", "Fields that nobody may set in a body"),
        new("C23", "Arrays, repeated parameters and strings for booleans"),
        new("C24", "A body of the wrong type"),
        new("C25", "Ambiguous framing on a raw socket", Differs: "Words behind a chunk's length that mean nothing are skipped, as RFC 9112 allows, and a plus sign before a length is none"),
        new("C26", "Line breaks in a file name or redirect"),
        new("C27", "Expansion of many levels and fields", "Nothing is expanded and no fields are chosen; such parameters are unknown ones"),
    ];
}
