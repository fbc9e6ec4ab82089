using System.IO.Compression;
using System.Text;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>
/// The kinds of paper that can be added, and how the bytes of each show that they are what they say. HTML and SVG are not among
/// them: they could run script in the reader's browser.
/// </summary>
internal sealed record DocumentFormat(string Extension, string MediaType, Func<byte[], bool> Fits)
{
    /// <summary>Bytes: 20 MiB.</summary>
    public const int MaximumSize = 20 * 1024 * 1024;

    private const int MostArchiveEntries = 10_000;

    /// <summary>Bytes: what an Office file may unpack to.</summary>
    private const long MaximumUnpacked = 200L * 1024 * 1024;

    public static readonly IReadOnlyList<DocumentFormat> All =
    [
        new("pdf", "application/pdf", b => b.AsSpan().StartsWith("%PDF-"u8)),
        new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b => IsOfficeFile(b, "word/document.xml")),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b => IsOfficeFile(b, "xl/workbook.xml")),
        new("csv", "text/csv", IsText),
        new("txt", "text/plain", IsText),
        new("png", "image/png", b => b.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        new("jpg", "image/jpeg", b => b.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])),
    ];

    /// <summary>By the ending of a name; null where files of that ending are not taken.</summary>
    public static DocumentFormat? ByName(string name)
    {
        var extension = name.Contains('.', StringComparison.Ordinal) ? name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant() : "";
        return All.SingleOrDefault(f => f.Extension == (extension == "jpeg" ? "jpg" : extension));
    }

    /// <summary>The format of a paper, from its name, its declared type and its bytes, which must agree.</summary>
    /// <exception cref="RuleBrokenException"><c>document-type-refused</c> or <c>document-empty</c>.</exception>
    public static DocumentFormat Of(string name, string mediaType, byte[] content)
    {
        if (content.Length == 0)
        {
            throw new RuleBrokenException("document-empty", "The file is empty. Send its bytes as the body.");
        }

        var format = ByName(name)
            ?? throw Refused($"Files of this kind are not taken. Use one of: {string.Join(", ", All.Select(f => f.Extension))}.");
        if (!string.Equals(format.MediaType, mediaType, StringComparison.OrdinalIgnoreCase))
        {
            throw Refused($"A file ending in .{format.Extension} is {format.MediaType}, but the request says {mediaType}. Correct the name or the Content-Type.");
        }

        return format.Fits(content)
            ? format
            : throw Refused($"The file's content is not that of a .{format.Extension} file that can be taken. Save it again in that format, without macros, and send it again.");
    }

    /// <summary>As <see cref="Of"/>, for a paper that everybody can take: a picture in it must not say where it was taken.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="Of"/>, or <c>document-says-where</c>.</exception>
    public static DocumentFormat OfPublicPaper(string name, string mediaType, byte[] content)
    {
        var format = Of(name, mediaType, content);
        return !format.MediaType.StartsWith("image/", StringComparison.Ordinal) || !PictureLocation.IsIn(content)
            ? format
            : throw new RuleBrokenException(
                "document-says-where",
                "The picture's file says where it was taken, and everybody could read that. Save it without its location, which some programs call GPS or Exif data, and send it again.");
    }

    private static RuleBrokenException Refused(string message) => new("document-type-refused", message);

    /// <summary>UTF-8 without control characters other than line breaks, tabs and form feeds.</summary>
    private static bool IsText(byte[] content)
    {
        try
        {
            return !new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content)
                .Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\f'));
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Looks at the archive's directory only; nothing is unpacked.</summary>
    private static bool IsOfficeFile(byte[] content, string mainPart)
    {
        if (!content.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return false;
        }

        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            var entries = archive.Entries;
            return entries.Count <= MostArchiveEntries
                && entries.Sum(e => e.Length) <= MaximumUnpacked
                && entries.Any(e => e.FullName == "[Content_Types].xml")
                && entries.Any(e => e.FullName == mainPart)
                && !entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
