using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.ClosingTheLoop;

public sealed class SearchResponsesTests : LoopTest
{
    [Fact]
    public async Task Finds_responses_by_words_answers_channel_standing_theme_and_coding_and_by_all_of_them_together()
    {
        var saturdays = await Respond(new { q1 = "yes", q2 = new[] { "sat" }, q3 = "Please open on Saturdays" });
        var parking = await Respond(new { q1 = "no", q3 = "The car parks are dark" });
        var silent = await Respond(new { q1 = "no" });
        await Close();
        var late = await Log(ResponseChannel.Paper, "Too late for Saturday", Today.AddDays(-1).AddDays(2));
        var (day, sat, other) = (await AddTheme("Days"), await AddTheme("Sat"), await AddTheme("Other"));
        await Code(saturdays, sat, other);
        await Post(Writer, $"themes/{sat}/merge", new { into = day.Value }).Success();

        (await Find(ResponseFilter.None)).ShouldBe([late, silent, parking, saturdays], "newest first, late ones too");
        (await Find(new(Words: "saturday"))).ShouldBe([late, saturdays], "whatever the ending");
        (await Find(new(Words: "\"open on saturdays\""))).ShouldBe([saturdays]);
        (await Find(new(Words: "saturday -late"))).ShouldBe([saturdays]);
        (await Find(new(Words: "yes"))).ShouldBeEmpty("what was chosen is not what was written");
        (await Find(new(Option: "q1=no"))).ShouldBe([late, silent, parking]);
        (await Find(new(Option: "q2=sat"))).ShouldBe([saturdays]);
        (await Find(new(Channel: "paper"))).ShouldBe([late]);
        (await Find(new(Standing: "late"))).ShouldBe([late]);
        (await Find(new(Standing: "late-admitted"))).ShouldBeEmpty();
        (await Find(new(Standing: "in-time"))).ShouldBe([silent, parking, saturdays]);
        (await Find(new(Theme: day))).ShouldBe([saturdays], "merged themes count where they now belong");
        (await Find(new(Coded: true))).ShouldBe([saturdays]);
        (await Find(new(Coded: false))).ShouldBe([parking], "what has no free text, or does not count, need not be coded");
        (await Find(new(Words: "open", Channel: "web", Standing: "in-time", Coded: true, Theme: other, Option: "q1=yes"))).ShouldBe([saturdays]);
        (await Find(new(Words: "open", Option: "q1=no"))).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Attack", "E09")]
    public async Task What_a_program_may_have_sent_is_shown_as_that_and_found_and_left_out_on_demand()
    {
        var (person, program) = (await Respond("Open on Saturdays"), await Respond("Buy now"));
        await AsAdministrator($"update participation.response set automation_sign = 'Trap' where id = '{program}'");

        (await Find(ResponseFilter.None)).ShouldBe([program, person]);
        (await Find(new(Suspected: true))).ShouldBe([program]);
        (await Find(new(Suspected: false))).ShouldBe([person]);
        using var analyst = await OfficerPages("analyst");
        var list = await analyst.Open($"/admin/consultations/{Consultation.Id}/responses");
        list.Document.QuerySelectorAll(".app-list__item").Select(i => i.TextContent.Contains("Perhaps sent by a program", StringComparison.Ordinal)).ShouldBe([true, false]);
        list.Main.ShouldContain("a field was filled in that nobody sees");
        (await analyst.Open($"/admin/consultations/{Consultation.Id}/responses?Filter.Sender=program")).Main.ShouldContain("1 response matches");
        (await analyst.Open($"/admin/consultations/{Consultation.Id}/responses/{program}")).Main.ShouldContain("It counts like every other response");
        (await analyst.Open($"/admin/consultations/{Consultation.Id}/responses/{person}")).Main.ShouldNotContain("Perhaps a program");
    }

    [Fact]
    public async Task A_row_shows_the_words_that_were_found_and_how_it_is_coded_and_a_withdrawn_response_is_gone()
    {
        var coded = await Respond("Please open on Saturdays");
        var receipt = await SendJson(
            Anyone, HttpMethod.Post, $"/api/v1/public/consultations/{Consultation.Slug}/responses", new { answers = new { q1 = "no", q3 = "No Saturdays" } }, ("Idempotency-Key", "test-of-a-withdrawn-one")).Success();
        await Send(new WithdrawResponse(receipt.GetProperty("secret").GetString(), receipt.GetProperty("reference").GetString()!, 1, Clock.Now));
        await Close();
        var theme = await AddTheme("Days");
        await Code(coded, theme);

        var found = await Send(new SearchResponses(Consultation.Id, new(Words: "saturday")));

        var row = found.Rows.ShouldHaveSingleItem();
        row.Excerpt.ShouldBe("Please open on \uE000Saturdays\uE001");
        (row.FreeTexts, row.Uncoded).ShouldBe((1, 0));
        row.Themes.ShouldBe(["Days"]);
        row.IsCounted.ShouldBeTrue();
        (await Send(new SearchResponses(Consultation.Id, ResponseFilter.None))).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Pages_begin_where_the_one_before_ended_in_both_directions()
    {
        var all = new List<ResponseId>();
        for (var i = 0; i < 5; i++)
        {
            all.Insert(0, await Respond($"Text {i}"));
        }

        var first = await Page();
        var second = await Page(after: all[1]);
        var third = await Page(after: all[3]);
        var back = await Page(before: all[2]);

        Ids(first).ShouldBe(all[..2]);
        (first.Total, first.MoreThanTotal, first.HasNewer, first.HasOlder).ShouldBe((5, false, false, true));
        Ids(second).ShouldBe(all[2..4]);
        (second.HasNewer, second.HasOlder).ShouldBe((true, true));
        Ids(third).ShouldBe(all[4..]);
        (third.HasNewer, third.HasOlder).ShouldBe((true, false));
        Ids(back).ShouldBe(all[..2]);
        (back.HasNewer, back.HasOlder).ShouldBe((false, true));
    }

    [Fact]
    public async Task More_than_a_thousand_are_not_counted_further_whether_they_are_searched_or_listed()
    {
        var rare = await Respond("Please open on Sundays");
        await Respond("Please open on Saturdays");
        var fromTheSecondOn =
            """
            insert into participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language,
                   consent_to_publish, submitted_at, received_on, is_late, entered_after_seal, answers, asked, answers_digest)
            select consultation_id, gen_random_uuid(), translate(upper(left(md5(n::text), 12)), 'ILOU', '1100'), 'made ' || n, fingerprint, version, questionnaire_version, channel, language,
                   consent_to_publish, submitted_at, received_on, is_late, entered_after_seal, answers, asked, answers_digest
              from participation.response, generate_series({0}, {1}) n
             where answers ->> 'q3' like '%Saturdays' and idempotency_key not like 'made %'
            """;
        await AsAdministrator(string.Format(System.Globalization.CultureInfo.InvariantCulture, fromTheSecondOn, 1, 999));

        var saturdays = await Send(new SearchResponses(Consultation.Id, new(Words: "saturdays")));
        (saturdays.Total, saturdays.MoreThanTotal, saturdays.HasOlder).ShouldBe((1000, false, true));
        var all = await Send(new SearchResponses(Consultation.Id, ResponseFilter.None));
        (all.Total, all.MoreThanTotal).ShouldBe((1000, true), "there are 1,001");

        await AsAdministrator(string.Format(System.Globalization.CultureInfo.InvariantCulture, fromTheSecondOn, 1000, 1000));
        saturdays = await Send(new SearchResponses(Consultation.Id, new(Words: "saturdays")));
        (saturdays.Total, saturdays.MoreThanTotal, saturdays.Rows.Count).ShouldBe((1000, true, SearchResponses.PageSize));
        saturdays.Rows.ShouldAllBe(r => r.Excerpt!.Contains("\uE000Saturdays\uE001", StringComparison.Ordinal));
        var newest = Ids(saturdays);
        var next = Ids(await Send(new SearchResponses(Consultation.Id, new(Words: "saturdays"), After: newest[^1])));
        newest.Concat(next).ShouldBe((await Column("select id from participation.response where answers ->> 'q3' like '%Saturdays' order by id desc limit 50")).Select(id => new ResponseId(id)));
        Ids(await Send(new SearchResponses(Consultation.Id, new(Words: "saturdays"), Before: next[0]))).ShouldBe(newest);
        (await Find(new(Words: "sundays"))).ShouldBe([rare]);
        (await (await OfficerPages("officer")).Open($"/admin/consultations/{Consultation.Id}/responses")).Main.ShouldContain("More than 1,000 responses See exactly how many");
    }

    [Theory]
    [InlineData("'")]
    [InlineData("!!! & | ( <-> :*")]
    [InlineData("\"never closed")]
    [InlineData("{0} {} %s \\")]
    public async Task What_is_searched_for_may_hold_anything(string words)
    {
        await Respond("Open on Saturdays");

        (await Find(new(Words: words))).Count.ShouldBeLessThanOrEqualTo(1);
    }

    private async Task<List<Guid>> Column(string sql)
    {
        await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<Guid>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetGuid(0));
        }

        return values;
    }

    private Task<FoundResponses> Page(ResponseId? after = null, ResponseId? before = null) =>
        Send(new SearchResponses(Consultation.Id, ResponseFilter.None, after, before, Limit: 2));

    private async Task<IReadOnlyList<ResponseId>> Find(ResponseFilter filter) => Ids(await Send(new SearchResponses(Consultation.Id, filter)));

    private static List<ResponseId> Ids(FoundResponses found) => [.. found.Rows.Select(r => r.Id)];

    private async Task<ResponseId> Log(ResponseChannel channel, string text, DateOnly receivedOn)
    {
        Clock.MoveTo(Clock.Now.AddDays(1));
        return (await Send(new LogResponse(
            Consultation.Id, channel, receivedOn, null, new Dictionary<string, AnswerValue?> { ["q1"] = AnswerValue.Of("no"), ["q3"] = AnswerValue.Of(text) }))).Id;
    }
}
