using System.Net;
using System.Text.Json;
using Engagement.Consultations.Domain;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

public sealed class PublicConsultationsTests : ConsultationsTest
{
    [Fact]
    public async Task Says_what_is_asked_until_when_and_how_to_take_part()
    {
        var id = await Scheduled();

        var shown = await Anyone.GetAsync($"/api/v1/public/consultations/{await SlugOf(id)}").Success();

        shown.GetProperty("closesAt").GetString().ShouldBe("2027-03-08T00:00:00+00:00");
        shown.GetProperty("closesAtLocal").GetString().ShouldBe("2027-03-08T00:00");
        shown.GetProperty("timeZone").GetString().ShouldBe("Europe/London");
        shown.GetProperty("opensInWords").GetString().ShouldBe("Monday 11 January 2027");
        shown.GetProperty("closesInWords").GetString().ShouldBe("11:59pm on Sunday 7 March 2027");
        shown.GetProperty("offlineRoute").GetString().ShouldBe(SampleConsultation.Details.OfflineRoute);
        shown.GetProperty("whatCanChange").GetString().ShouldBe(SampleConsultation.Details.WhatCanChange);
        shown.GetProperty("outcomeDueOn").GetString().ShouldBe("2027-05-30");
        shown.GetProperty("outcomeLate").GetBoolean().ShouldBeFalse();
        shown.TryGetProperty("freshFor", out _).ShouldBeFalse();
        shown.TryGetProperty("authors", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Says_open_and_closed_from_the_instants_on_though_no_job_has_run()
    {
        var slug = await SlugOf(await Scheduled());

        await Sees("forthcoming", SampleConsultation.OpensAt.AddMicroseconds(-1));
        await Sees("open", SampleConsultation.OpensAt);
        await Sees("open", SampleConsultation.ClosesAt.AddMicroseconds(-1));
        await Sees("closed", SampleConsultation.ClosesAt);

        async Task Sees(string status, DateTimeOffset at)
        {
            Clock.MoveTo(at);
            (await Anyone.GetAsync($"/api/v1/public/consultations/{slug}").Success()).GetProperty("status").GetString().ShouldBe(status);
            foreach (var list in new[] { "forthcoming", "open", "closed" })
            {
                (await Slugs($"?status={list}")).ShouldBe(list == status ? [slug] : []);
            }
        }
    }

    [Fact]
    public async Task No_copy_is_kept_beyond_the_next_instant()
    {
        var slug = await SlugOf(await Scheduled());

        await MayBeKept(10, SampleConsultation.OpensAt.AddSeconds(-10));
        await MayBeKept(9, SampleConsultation.OpensAt.AddSeconds(-9.1));
        await MayBeKept(10, SampleConsultation.OpensAt);
        await MayBeKept(2, SampleConsultation.ClosesAt.AddSeconds(-2.999));
        await MayBeKept(0, SampleConsultation.ClosesAt.AddSeconds(-0.5));
        await MayBeKept(10, SampleConsultation.ClosesAt);

        async Task MayBeKept(int seconds, DateTimeOffset at)
        {
            Clock.MoveTo(at);
            foreach (var address in new[] { $"/api/v1/public/consultations/{slug}", "/api/v1/public/consultations" })
            {
                using var answer = await Anyone.GetAsync(address);
                answer.Headers.CacheControl!.Public.ShouldBeTrue();
                answer.Headers.CacheControl.MaxAge.ShouldBe(TimeSpan.FromSeconds(seconds), address);
            }
        }
    }

    [Fact]
    public async Task An_unpublished_one_is_answered_like_one_that_does_not_exist()
    {
        var slug = await SlugOf(await Submitted());

        using var hidden = await Anyone.GetAsync($"/api/v1/public/consultations/{slug}");
        using var unknown = await Anyone.GetAsync("/api/v1/public/consultations/no-such-consultation");

        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        WithoutTrace(await hidden.Json()).ShouldBe(WithoutTrace(await unknown.Json()));
    }

    [Fact]
    public async Task Lists_open_ones_by_the_soonest_deadline_page_by_page()
    {
        var expected = new List<string>();
        foreach (var day in new[] { 7, 2, 4, 2, 6 })
        {
            expected.Add($"{day} " + await SlugOf(await Scheduled(SampleConsultation.Details with { Closes = new UkMoment(new DateOnly(2027, 3, day)) })));
        }

        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(1));
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Anyone.GetAsync($"/api/v1/public/consultations?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}").Success();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("slug").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        seen.ShouldBe(expected.OrderBy(e => e[0]).Select(e => e[2..]), "those of one deadline in the order in which they were drafted");
        Clock.MoveTo(SampleConsultation.ClosesAt);
        (await Slugs("?status=closed")).ShouldBe(seen.AsEnumerable().Reverse());
    }

    [Theory]
    [InlineData("?status=draft")]
    [InlineData("?status=open&status=closed")]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?cursor=zzz")]
    [InlineData("?words=library")]
    public async Task Refuses_a_question_it_does_not_answer(string query)
    {
        using var refused = await Anyone.GetAsync($"/api/v1/public/consultations{query}");

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_history_joins_what_every_module_recorded_and_pages()
    {
        var id = await Opened();

        var whole = (await Writer.GetAsync(Of(id, "history?limit=200")).Success()).GetProperty("items").EnumerateArray().ToList();
        var paged = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await Writer.GetAsync(Of(id, $"history?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}")).Success();
            paged.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        whole.Select(e => e.GetProperty("module").GetString()).Distinct().ShouldBe(["consultations", "participation"], ignoreOrder: true);
        whole.Where(e => e.GetProperty("module").GetString() == "consultations").Select(e => e.GetProperty("event").GetString()).ShouldBe(
            ["ConsultationDrafted", "ConsultationContentChanged", "PracticesJudged", "ConsultationSubmitted", "ConsultationApproved", "ConsultationOpened"]);
        whole[0].GetProperty("actor").GetString()!.ShouldStartWith("client:");
        whole.Single(e => e.GetProperty("event").GetString() == "ConsultationOpened").GetProperty("actor").GetString().ShouldBe("job:open-due-consultations");
        paged.Select(e => e.GetRawText()).ShouldBe(whole.Select(e => e.GetRawText()));
        using var bad = await Writer.GetAsync(Of(id, "history?cursor=zzz"));
        using var unknown = await Writer.GetAsync(Of(Guid.CreateVersion7(), "history"));
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<List<string>> Slugs(string query) =>
        [.. (await Anyone.GetAsync($"/api/v1/public/consultations{query}").Success()).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("slug").GetString()!)];

    private static string WithoutTrace(JsonElement problem) =>
        string.Join(' ', problem.EnumerateObject().Where(m => m.Name != "traceId").Select(m => m.ToString()));
}
