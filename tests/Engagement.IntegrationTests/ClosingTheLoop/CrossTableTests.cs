using System.Net;
using System.Text.Json;
using Engagement.IntegrationTests.ClosingTheLoop.Pages;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.ClosingTheLoop;

public sealed class CrossTableTests : LoopPagesTest
{
    [Fact]
    public async Task Each_answer_is_counted_against_each_and_no_answer_is_not_the_same_as_not_asked()
    {
        await Times(6, new { q1 = "yes", q2 = new[] { "mon", "sat" } });
        await Times(7, new { q1 = "yes", q2 = new[] { "sat" } });
        await Times(5, new { q1 = "yes" });
        await Times(8, new { q1 = "no" });
        await Close();

        var table = await Writer.GetAsync(Address("results/cross-table?rows=q1&columns=q2")).Success();

        table.GetProperty("responses").GetInt32().ShouldBe(26);
        table.GetProperty("isFinal").GetBoolean().ShouldBeTrue();
        Line(table.GetProperty("columns")).ShouldBe("mon 6, tue 0, sat 13, No answer 5, Not asked 8");
        Line(table.GetProperty("rows")).ShouldBe("yes 18, no 8");
        Cells(table, 0).ShouldBe("6 0.3333, 0 0, 13 0.7222, 5 0.2778, 0 0");
        Cells(table, 1).ShouldBe("0 0, 0 0, 0 0, 0 0, 8 1");
        table.GetProperty("method").GetString()!.ShouldContain("no margin of error");
    }

    [Fact]
    [Trait("Attack", "F01")]
    public async Task A_cell_of_one_is_hidden_with_three_others_in_the_page_as_in_the_api()
    {
        await Times(6, new { q1 = "yes", q6 = 1 });
        await Times(7, new { q1 = "yes", q6 = 5 });
        await Times(1, new { q1 = "no", q6 = 1 });
        await Times(8, new { q1 = "no", q6 = 5 });

        var table = await Writer.GetAsync(Address("results/cross-table?rows=q1&columns=q6")).Success();
        var page = await (await SignedIn()).Open(At("results/compare?Rows=q1&Columns=q6"));

        Cells(table, 0).ShouldBe("- -, 0 0, 0 0, 0 0, - -");
        Cells(table, 1).ShouldBe("- -, 0 0, 0 0, 0 0, - -");
        Line(table.GetProperty("columns")).ShouldBe("1 7, 2 0, 3 0, 4 0, 5 15");
        table.GetProperty("method").GetString()!.ShouldContain("Not final");
        page.Document.QuerySelectorAll(".app-cross tbody tr").Select(r => string.Join(' ', r.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
            ["Yes hidden 0 0.0% 0 0.0% 0 0.0% hidden 13", "No hidden 0 0 0 hidden 9", "All 7 31.8% 0 0.0% 0 0.0% 0 0.0% 15 68.2% 22"]);
    }

    [Fact]
    public async Task Two_different_questions_with_options_are_needed()
    {
        var officer = await SignedIn();

        (await officer.Open(At("results/compare"))).Errors.ShouldBeEmpty();
        (await officer.Open(At("results/compare?Rows=&Columns="))).Errors.ShouldBe(["Choose the question for the rows", "Choose the question for the columns"]);
        (await officer.Open(At("results/compare?Rows=q1&Columns=q1"))).Errors.ShouldBe(["Choose another question than that of the rows"]);
        using var text = await Writer.GetAsync(Address("results/cross-table?rows=q1&columns=q3"));
        text.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var one = await Writer.GetAsync(Address("results/cross-table?rows=q1"));
        one.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task Times(int times, object answers)
    {
        for (var n = 0; n < times; n++)
        {
            await Respond(answers);
        }
    }

    private static string Line(JsonElement lines) =>
        string.Join(", ", lines.EnumerateArray().Select(l => $"{l.GetProperty("code").GetString() ?? l.GetProperty("label").GetString()} {l.GetProperty("total")}"));

    private static string Cells(JsonElement table, int row) =>
        string.Join(", ", table.GetProperty("rows")[row].GetProperty("cells").EnumerateArray().Select(c => $"{Or(c.GetProperty("count"))} {Or(c.GetProperty("share"))}"));

    private static string Or(JsonElement number) => number.ValueKind == JsonValueKind.Null ? "-" : number.GetDecimal().ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
