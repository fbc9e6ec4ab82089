namespace Engagement.Platform;

/// <summary>
/// Keeps a spreadsheet from running what somebody typed. A cell that begins like a formula, or with an apostrophe, gets an
/// apostrophe in front; whoever reads the file takes one leading apostrophe off and has the text back.
/// </summary>
public static class CsvCell
{
    /// <summary>Full-width forms are taken for the plain ones by some spreadsheets; a line break or tab hides what follows it.</summary>
    private const string Dangerous = "=+-@\t\r\n＝＋－＠'";

    public static string Neutral(string text) => text.Length > 0 && Dangerous.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
}
