using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.ClosingTheLoop;

public sealed class ResultsTests : LoopTest
{
    [Fact]
    public async Task Every_figure_has_its_base_and_no_answer_is_not_the_same_as_not_asked()
    {
        await RespondThreeTimes();
        await Close();

        var results = await Writer.GetAsync(Address("results")).Success();

        results.GetProperty("isFinal").GetBoolean().ShouldBeTrue();
        results.GetProperty("responses").GetInt32().ShouldBe(3);
        Counts(results, "q1").ShouldBe((3, 0, 0));
        Counts(results, "q2").ShouldBe((1, 1, 1));
        Counts(results, "q4").ShouldBe((3, 0, 0));
        foreach (var question in results.GetProperty("questions").EnumerateArray())
        {
            (Int(question, "base") + Int(question, "noAnswer") + Int(question, "notAsked")).ShouldBe(3);
        }

        Option(results, "q1", "yes").ShouldBe((2, 0.6667m));
        Option(results, "q1", "no").ShouldBe((1, 0.3333m));
        Option(results, "q2", "mon").ShouldBe((1, 1m));
        Option(results, "q2", "tue").ShouldBe((0, 0m));
        var method = results.GetProperty("method").GetString()!;
        method.ShouldContain("3 responses received");
        method.ShouldContain("Monday 23 November 2026");
        method.ShouldContain("no margin of error");
        method.ShouldNotContain("Not final");
    }

    [Fact]
    public async Task Numbers_scales_and_dates_are_summed_up()
    {
        await RespondThreeTimes();

        var results = await Writer.GetAsync(Address("results")).Success();

        var numbers = Question(results, "q4").GetProperty("numbers");
        (Int(numbers, "n"), numbers.GetProperty("mean").GetDecimal(), numbers.GetProperty("median").GetDecimal(), numbers.GetProperty("minimum").GetDecimal(), numbers.GetProperty("maximum").GetDecimal())
            .ShouldBe((3, 5.6667m, 2m, 0m, 15m));
        var scale = Question(results, "q6").GetProperty("numbers");
        (Int(scale, "n"), scale.GetProperty("mean").GetDecimal(), scale.GetProperty("median").GetDecimal()).ShouldBe((2, 3m, 3m));
        Question(results, "q6").GetProperty("options").EnumerateArray().Select(o => Int(o, "count")).ShouldBe([1, 0, 0, 0, 1]);
        Question(results, "q5").GetProperty("dates").GetProperty("earliest").GetString().ShouldBe("2026-11-01");
        Question(results, "q1").GetProperty("numbers").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task While_people_can_still_answer_it_says_that_it_is_not_final()
    {
        await Respond("Open on Saturdays");

        var results = await Writer.GetAsync(Address("results")).Success();

        results.GetProperty("isFinal").GetBoolean().ShouldBeFalse();
        results.GetProperty("method").GetString()!.ShouldContain("1 response received, counted on");
        results.GetProperty("method").GetString()!.ShouldContain("Not final");
    }

    [Fact]
    public async Task Free_text_is_counted_by_theme_none_and_not_yet_coded()
    {
        var (first, second) = (await Respond("Open on Saturdays"), await Respond("Thank you"));
        await Respond("Yet to be read");
        await Close();
        var (kept, merged) = (await AddTheme("Saturdays"), await AddTheme("Sat"));
        await Code(first, kept, merged);
        await Code(second);
        await Post(Writer, $"themes/{merged}/merge", new { into = kept.Value }).Success();

        var text = Question(await Writer.GetAsync(Address("results")).Success(), "q3");

        text.GetProperty("themes").GetArrayLength().ShouldBe(1);
        Int(text.GetProperty("themes")[0], "count").ShouldBe(1);
        text.GetProperty("themes")[0].GetProperty("share").GetDecimal().ShouldBe(0.3333m);
        (Int(text, "noTheme"), Int(text, "uncoded")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Nobody_having_answered_gives_no_share_rather_than_a_wrong_one()
    {
        await Close();

        var question = Question(await Writer.GetAsync(Address("results")).Success(), "q1");

        Int(question, "base").ShouldBe(0);
        question.GetProperty("options")[0].GetProperty("share").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    [Trait("Attack", "A10")]
    public async Task The_export_holds_every_response_and_neither_contacts_nor_formulas()
    {
        await Respond(new { q1 = "yes", q2 = new[] { "mon" }, q3 = "=HYPERLINK(\"https://example.org\")" }, email: "jo@example.org");
        var coded = await Respond("Open on Saturdays");
        await Close();
        await Code(coded, await AddTheme("Saturdays"));

        using var answer = await Writer.GetAsync(Address("export.csv"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("library-hours-responses.csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var text = Encoding.UTF8.GetString(bytes);
        var lines = text.Split("\r\n");
        lines.Length.ShouldBe(4);
        lines[0].ShouldContain("q2[mon]");
        lines[1].ShouldContain("\"'=HYPERLINK(\"\"https://example.org\"\")\"");
        lines[2].ShouldContain("Open on Saturdays,Saturdays");
        lines[2].ShouldEndWith(",q2");
        text.ShouldNotContain("jo@example.org");
        text.ShouldNotContain(",=");
    }

    [Fact]
    public async Task An_export_with_its_provenance_says_who_made_it_when_of_what_and_what_the_codes_mean()
    {
        await Respond(new { q1 = "yes", q3 = "Open on Saturdays" });

        var open = await Unpack(Address("export.zip"));
        open.Keys.ShouldBe(["responses.csv", "questions.csv", "provenance.csv"]);
        ProvenanceOf(open)["seal"].ShouldStartWith("None");
        ProvenanceOf(open)["responses"].ShouldBe("1");

        await Close();
        var closed = await Unpack(Address("export.zip"));
        var provenance = ProvenanceOf(closed);
        provenance["consultation_id"].ShouldBe(Consultation.Id.ToString());
        provenance["questionnaire_version"].ShouldNotBeEmpty();
        provenance["made_at"].ShouldBe(Clock.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        provenance["made_by"].ShouldNotBeNullOrWhiteSpace();
        provenance["made_by"].ShouldNotContain("@");
        provenance["file_sha256"].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(closed["responses.csv"])));
        provenance["seal"].ShouldContain(await Scalar<string>("select sealed_digest from closing_the_loop.loop where consultation_id = $1", Consultation.Id.Value));
        closed["responses.csv"].ShouldBe(await Writer.GetByteArrayAsync(Address("export.csv")), "the table is the same");
        Encoding.UTF8.GetString(closed["questions.csv"]).ShouldContain("q1,Do you use the library?,single,1,yes,Yes\r\n");
    }

    [Fact]
    public async Task Only_those_who_may_read_responses_may_take_them_along()
    {
        using var answer = await Colleague.GetAsync(Address("export.csv"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<Dictionary<string, byte[]>> Unpack(string address)
    {
        using var answer = await Writer.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("library-hours-responses.zip");
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using var content = await entry.OpenAsync();
            await content.CopyToAsync(bytes);
            files.Add(entry.FullName, bytes.ToArray());
        }

        return files;
    }

    private static Dictionary<string, string> ProvenanceOf(Dictionary<string, byte[]> files) =>
        Encoding.UTF8.GetString(files["provenance.csv"]).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[..line.IndexOf(',', StringComparison.Ordinal)], line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim('"'), StringComparer.Ordinal);

    [Fact]
    public async Task A_consultation_that_is_not_there_has_no_results()
    {
        using var answer = await Writer.GetAsync($"/api/v1/consultations/{Guid.CreateVersion7()}/results");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task RespondThreeTimes()
    {
        await Respond(new { q1 = "yes", q2 = new[] { "mon", "sat" }, q4 = 2, q6 = 1 });
        await Respond(new { q1 = "yes", q4 = 15, q5 = "2026-11-01", q6 = 5 });
        await Respond(new { q1 = "no", q4 = 0, q5 = "2026-11-20" });
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static JsonElement Question(JsonElement results, string code) =>
        results.GetProperty("questions").EnumerateArray().Single(q => q.GetProperty("code").GetString() == code);

    private static (int Base, int NoAnswer, int NotAsked) Counts(JsonElement results, string code) =>
        (Int(Question(results, code), "base"), Int(Question(results, code), "noAnswer"), Int(Question(results, code), "notAsked"));

    private static (int Count, decimal Share) Option(JsonElement results, string question, string option)
    {
        var row = Question(results, question).GetProperty("options").EnumerateArray().Single(o => o.GetProperty("code").GetString() == option);
        return (Int(row, "count"), row.GetProperty("share").GetDecimal());
    }
}
