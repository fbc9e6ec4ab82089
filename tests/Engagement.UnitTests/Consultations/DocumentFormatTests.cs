using System.IO.Compression;
using System.Text;
using Engagement.Consultations.Domain;
using Engagement.Kernel;

namespace Engagement.UnitTests.Consultations;

public sealed class DocumentFormatTests
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static readonly byte[] Pdf = "%PDF-1.7\n"u8.ToArray();

    public static TheoryData<string, string, byte[]> Good => new()
    {
        { "order.pdf", "application/pdf", Pdf },
        { "ORDER.PDF", "Application/PDF", Pdf },
        { "notice.docx", Docx, Archive("[Content_Types].xml", "word/document.xml") },
        { "dates.xlsx", Xlsx, Archive("[Content_Types].xml", "xl/workbook.xml") },
        { "dates.csv", "text/csv", "a;b\r\n1;2\r\n"u8.ToArray() },
        { "readme.txt", "text/plain", Encoding.UTF8.GetBytes("Café\tStreet\f") },
        { "map.png", "image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0] },
        { "view.jpg", "image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0] },
        { "view.jpeg", "image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0] },
    };

    public static TheoryData<string, string, byte[]> Bad => new()
    {
        { "program.pdf", "application/pdf", "MZ\u0090"u8.ToArray() },
        { "order.pdf", "text/plain", Pdf },
        { "order.txt", "application/pdf", Pdf },
        { "page.html", "text/html", "<html>"u8.ToArray() },
        { "drawing.svg", "image/svg+xml", "<svg/>"u8.ToArray() },
        { "pdf", "application/pdf", Pdf },
        { "notice.docx", Docx, Archive("[Content_Types].xml", "xl/workbook.xml") },
        { "notice.docx", Docx, Archive("word/document.xml") },
        { "notice.docx", Docx, Archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin") },
        { "notice.docx", Docx, "PK\u0003\u0004 cut off"u8.ToArray() },
        { "dates.xlsx", Xlsx, Pdf },
        { "text.txt", "text/plain", [0x61, 0x00, 0x62] },
        { "text.txt", "text/plain", [0x61, 0xFF] },
        { "map.png", "image/png", [0xFF, 0xD8, 0xFF, 0xE0] },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Takes_a_file_whose_name_type_and_bytes_agree(string name, string mediaType, byte[] content) =>
        DocumentFormat.Of(name, mediaType, content).MediaType.ShouldBe(mediaType, StringCompareShould.IgnoreCase);

    [Theory]
    [MemberData(nameof(Bad))]
    [Trait("Attack", "C18")]
    [Trait("Attack", "C05")]
    public void Refuses_a_file_that_is_not_what_it_says(string name, string mediaType, byte[] content) =>
        Should.Throw<RuleBrokenException>(() => DocumentFormat.Of(name, mediaType, content)).Code.ShouldBe("document-type-refused");

    /// <summary>A directory of one entry: 0x8825 leads to the position, 0x0112 says which side is up.</summary>
    public static TheoryData<byte[], bool> Pictures => new()
    {
        { [0xFF, 0xD8, 0xFF, 0xE1, 0, 30, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0], true },
        { [0xFF, 0xD8, 0xFF, 0xE1, 0, 30, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26], true },
        { [0xFF, 0xD8, 0xFF, 0xE1, 0, 30, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0], false },
        { [0xFF, 0xD8, 0xFF, 0xE1, 0, 30, .. "Exif\0\0II*\0"u8, 0xFF, 0xFF, 0xFF, 0x7F], false },
        { [0xFF, 0xD8, 0xFF, 0xE1, 0, 30, .. "http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='52,38N'/>"u8], true },
        { [0xFF, 0xD8, 0xFF, 0xE0], false },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    [Trait("Attack", "F14")]
    public void A_picture_that_says_where_it_was_taken_is_no_public_paper_and_can_be_a_proof(byte[] picture, bool saysWhere)
    {
        var refusal = Record.Exception(() => DocumentFormat.OfPublicPaper("view.jpg", "image/jpeg", picture));

        (refusal as RuleBrokenException)?.Code.ShouldBe("document-says-where");
        (refusal is not null).ShouldBe(saysWhere);
        DocumentFormat.Of("view.jpg", "image/jpeg", picture).Extension.ShouldBe("jpg");
    }

    [Fact]
    [Trait("Attack", "F14")]
    public void A_png_says_where_it_was_taken_in_a_piece_of_its_own() =>
        Should.Throw<RuleBrokenException>(() => DocumentFormat.OfPublicPaper(
            "map.png", "image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 26, .. "eXIfMM\0*"u8, 0, 0, 0, 8, 0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26])).Code
            .ShouldBe("document-says-where");

    [Fact]
    public void Refuses_an_empty_file() =>
        Should.Throw<RuleBrokenException>(() => DocumentFormat.Of("order.pdf", "application/pdf", [])).Code.ShouldBe("document-empty");

    [Fact]
    [Trait("Attack", "C12")]
    public void Refuses_an_archive_that_would_unpack_beyond_all_measure_without_unpacking_it()
    {
        var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("[Content_Types].xml");
            using var part = archive.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 201; i++)
            {
                part.Write(zeros);
            }
        }

        memory.Length.ShouldBeLessThan(DocumentFormat.MaximumSize);
        Should.Throw<RuleBrokenException>(() => DocumentFormat.Of("bomb.docx", Docx, memory.ToArray())).Code.ShouldBe("document-type-refused");
    }

    private static byte[] Archive(params string[] entries)
    {
        var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                archive.CreateEntry(entry);
            }
        }

        return memory.ToArray();
    }
}
