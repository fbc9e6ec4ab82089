using System.Text;
using System.Text.Json;
using CsvHelper;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Participation.Contracts;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class ResponseTableTests
{
    private static readonly IReadOnlyList<QuestionFacts> Questions =
    [
        new("q1", "Do you use it?", "single", true, [new("yes", "Yes"), new("no", "No")]),
        new("q2", "Which days?", "multiple", false, [new("mon", "Monday"), new("sat", "Saturday")]),
        new("q3", "=1+1 What else?", "long-text", false, []),
        new("q4", "How often?", "number", false, []),
        new("q5", "Since when?", "date", false, []),
    ];

    [Fact]
    public async Task Writes_a_row_for_each_response_with_the_byte_order_mark_and_crlf()
    {
        var bytes = await Write(Row("""{"q1": ["yes"]}"""), Row("""{"q1": ["no"]}"""));

        bytes.AsSpan(0, 3).ToArray().ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = Encoding.UTF8.GetString(bytes).Split("\r\n");
        lines.Length.ShouldBe(4);
        lines[^1].ShouldBeEmpty();
        lines[1].ShouldStartWith("ABC,web,2026-11-23T09:00:00Z,2026-11-23,0,1,3,yes,");
    }

    [Fact]
    public async Task Spreads_several_choices_over_a_column_each_and_keeps_not_asked_apart_from_no_answer()
    {
        var asked = Row("""{"q2": ["sat"]}""");
        var unanswered = Row("{}") with { Asked = ["q1", "q3"] };

        var rows = await Read(await Write(asked, unanswered));

        rows[0]["q2[mon]: Which days? – Monday"].ShouldBe("0");
        rows[0]["q2[sat]: Which days? – Saturday"].ShouldBe("1");
        rows[0]["not_asked"].ShouldBeEmpty();
        rows[1]["q2[sat]: Which days? – Saturday"].ShouldBeEmpty();
        rows[1]["not_asked"].ShouldBe("q2 q4 q5");
    }

    [Fact]
    public async Task Says_which_themes_a_text_falls_under_or_none_or_nothing_yet()
    {
        var text = Row("""{"q3": "Open on Saturdays"}""");

        var rows = await Read(await Write(
            text with { Themes = """{"q3": ["Saturdays", "Hours"]}""" },
            text with { Themes = """{"q3": []}""" },
            text));

        rows.Select(r => r["q3 themes"]).ShouldBe(["Hours | Saturdays", "none", ""]);
    }

    [Fact]
    public async Task Numbers_and_dates_stay_what_they_are()
    {
        var rows = await Read(await Write(Row("""{"q4": -5.5, "q5": {"date": "2026-02-03"}}""")));

        rows[0]["q4: How often?"].ShouldBe("-5.5");
        rows[0]["q5: Since when?"].ShouldBe("2026-02-03");
    }

    [Fact]
    public async Task Writes_the_header_alone_where_nobody_answered()
    {
        var text = Encoding.UTF8.GetString(await Write());

        text.Split("\r\n").Length.ShouldBe(2);
        text.ShouldContain("reference,channel,submitted_at");
    }

    [Theory]
    [InlineData("=HYPERLINK(\"https://example.org\",\"click\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1:A9)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("\n=1+1")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(1)")]
    [InlineData("'=1+1")]
    [InlineData("'quoted'")]
    [InlineData("plain, with \"quotes\"\r\nand a line break")]
    [InlineData("a=b")]
    [Trait("Attack", "C10")]
    public async Task No_cell_begins_like_a_formula_and_the_text_comes_back(string typed)
    {
        var rows = await Read(await Write(Row(JsonSerializer.Serialize(new { q3 = typed })) with { Themes = JsonSerializer.Serialize(new { q3 = new[] { typed.Replace('\r', ' ') } }) }));

        foreach (var (column, text) in new[] { ("q3: =1+1 What else?", typed), ("q3 themes", typed.Replace('\r', ' ')) })
        {
            var cell = rows[0][column];
            "=+-@\t\r\n＝＋－＠".ShouldNotContain(cell[0]);
            (cell[0] == '\'' ? cell[1..] : cell).ShouldBe(text);
        }
    }

    [Fact]
    public async Task A_questions_own_words_cannot_be_a_formula_either()
    {
        IReadOnlyList<QuestionFacts> questions = [new("=cmd", "x", "short-text", false, [])];

        Encoding.UTF8.GetString(await Write(questions)).ShouldContain("'=cmd: x");
    }

    private static ExportedResponse Row(string answers) => new(
        "ABC", "web", new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), new DateOnly(2026, 11, 23), false, true, 3, null, answers);

    private static Task<byte[]> Write(params ExportedResponse[] rows) => Write(Questions, rows);

    private static async Task<byte[]> Write(IReadOnlyList<QuestionFacts> questions, params ExportedResponse[] rows)
    {
        using var stream = new MemoryStream();
        await using (var table = new ResponseTable(stream, questions))
        {
            foreach (var row in rows)
            {
                await table.AddAsync(row, CancellationToken.None);
            }

            await table.CompleteAsync(CancellationToken.None);
        }

        return stream.ToArray();
    }

    private static async Task<List<Dictionary<string, string>>> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        await using var reader = CsvReader.Create(stream, new CsvReaderOptions(), true);
        var rows = new List<Dictionary<string, string>>();
        while (await reader.ReadAsync(CancellationToken.None))
        {
            rows.Add(reader.Headers!.ToDictionary(h => h, h => reader.GetString(h)!, StringComparer.Ordinal));
        }

        return rows;
    }
}
