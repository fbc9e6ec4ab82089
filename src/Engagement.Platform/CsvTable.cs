using CsvHelper;

namespace Engagement.Platform;

/// <summary>How every table leaves the program: UTF-8 with its mark, RFC 4180, no cell that a spreadsheet would take for a formula.</summary>
public static class CsvTable
{
    /// <returns>Leaves the stream open.</returns>
    public static CsvWriter Begin(Stream stream) =>
        CsvWriter.Create(stream, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\r\n", WriteByteOrderMark = true }, leaveOpen: true);

    /// <summary>A cell that holds what somebody typed.</summary>
    public static void WriteText(this CsvWriter csv, string text) => csv.WriteField(CsvCell.Neutral(text));

    /// <summary>A whole row of such cells.</summary>
    public static ValueTask WriteRowAsync(this CsvWriter csv, IEnumerable<string> cells, CancellationToken cancellationToken)
    {
        foreach (var cell in cells)
        {
            csv.WriteText(cell);
        }

        return csv.EndRecordAsync(cancellationToken);
    }
}
