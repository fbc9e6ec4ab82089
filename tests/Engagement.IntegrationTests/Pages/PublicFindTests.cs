using System.Net;
using System.Net.Http.Json;
using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Domain;
using Engagement.IntegrationTests.Consultations;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Engagements;
using Engagement.TestKit.Pages;
using Npgsql;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Pages;

public sealed class PublicFindTests : ConsultationsTest
{
    private static readonly ConsultationDetails Buses = SampleConsultation.Details with
    {
        Title = "Bus journeys in the evening",
        Summary = "Which journeys are missing? Tell us about the village that you live in.",
        Topics = ["Transport", "Rural life"],
        Areas = ["Melton"],
        Audiences = ["Residents", "Businesses"],
        Closes = new UkMoment(SampleConsultation.LastDay.AddDays(-7)),
    };

    private PageClient Browser { get; set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser = new PageClient(App.Address);
    }

    public override Task DisposeAsync()
    {
        Browser.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task The_list_is_searched_and_narrowed_by_the_address_and_counts_what_else_could_be_chosen()
    {
        await Scheduled();
        await Scheduled(Buses);
        await Submitted(SampleConsultation.Details with { Title = "Not approved yet" });

        var all = await Browser.Open("/");
        all.Status.ShouldBe(HttpStatusCode.OK);
        all.Heading.ShouldBe("Have your say");
        Shown(all).ShouldBe(["The future of mobile libraries", "Bus journeys in the evening"], "both open on one day, so in the order in which the first was made");
        all.Main.ShouldContain("2 results");
        all.Main.ShouldContain("Opens soon (2 found)");
        all.Main.ShouldNotContain("Not approved yet");

        // Another form of the word, out of the summary.
        Shown(await Browser.Submit(all, new Dictionary<string, string?> { ["q"] = "journey villages" })).ShouldBe(["Bus journeys in the evening"]);

        var chosen = await Browser.Submit(all, new Dictionary<string, string?> { ["topic"] = "Transport", ["area"] = "Melton" });
        Shown(chosen).ShouldBe(["Bus journeys in the evening"]);
        chosen.Address.Query.ShouldContain("topic=Transport");
        chosen.Main.ShouldContain("Libraries (1 found)", customMessage: "topics are counted under the area alone: several topics add up");
        chosen.Main.ShouldContain("Melton (1 found)");
        var less = await Browser.Open(chosen.Link("Remove this filter: Transport"));
        Shown(less).Count.ShouldBe(2);
        less.Document.QuerySelectorAll(".moj-filter__tag").Length.ShouldBe(1);

        var none = await Browser.Open("/?q=aubergine&status=open&status=nonsense&page=99");
        none.Main.ShouldContain("0 results");
        none.Main.ShouldContain("Nothing matches.");
        (await Browser.Open($"/?q={new string('x', 201)}")).Title.ShouldStartWith("Error: Find a consultation");

        // The public data takes the same words.
        (await Anyone.GetAsync("/api/v1/public/consultations?status=forthcoming&q=journeys&topic=Transport&area=Melton&audience=Businesses").Success()).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await Anyone.GetAsync("/api/v1/public/consultations?status=forthcoming&q=journeys&topic=Libraries").Success()).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_open_is_said_from_the_instants_on_with_the_days_that_are_left()
    {
        await Scheduled();
        await Scheduled(Buses);

        await Sees("forthcoming", SampleConsultation.OpensAt.AddTicks(-10), "Opens on Monday 11 January 2027");
        await Sees("open", SampleConsultation.OpensAt, "(55 days left)");
        await Sees("open", SampleConsultation.ClosesAt.AddDays(-1).AddTicks(-10), "(1 day left)");
        await Sees("open", SampleConsultation.ClosesAt.AddTicks(-10), "(closes today)");
        await Sees("closed", SampleConsultation.ClosesAt, "Closed on 7 March 2027. Outcome due by 30 May 2027");
        await Sees("closed", new DateTimeOffset(2027, 5, 30, 22, 59, 59, TimeSpan.Zero), "Outcome due by 30 May 2027");
        await Sees("closed", new DateTimeOffset(2027, 5, 30, 23, 0, 0, TimeSpan.Zero), "The outcome was due on 30 May 2027 and is late");

        Clock.MoveTo(SampleConsultation.OpensAt);
        Shown(await Browser.Open("/")).ShouldBe(["Bus journeys in the evening", "The future of mobile libraries"], "the soonest deadline first");

        async Task Sees(string status, DateTimeOffset at, string words)
        {
            Clock.MoveTo(at);
            (await Browser.Open($"/?q=libraries&status={status}")).Main.ShouldContain(words, customMessage: $"{at:O}");
        }
    }

    [Fact]
    public async Task A_copy_is_good_until_the_next_instant_and_is_not_sent_twice()
    {
        var slug = await SlugOf(await Scheduled());
        Clock.MoveTo(SampleConsultation.OpensAt.AddSeconds(-3.5));
        foreach (var address in new[] { "/", $"/consultations/{slug}", "/consultations.atom", "/consultations.ics" })
        {
            using var first = await Anyone.GetAsync(address);
            first.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromSeconds(3), address);
            first.Headers.CacheControl.Public.ShouldBeTrue();
            var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var again = await Anyone.SendAsync(request);
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified, address);
            again.Headers.Contains("Content-Security-Policy").ShouldBeFalse("the copy's scripts carry the nonce of the policy that came with it");
        }

        var before = (await Anyone.GetAsync("/")).Headers.ETag!;
        Clock.MoveTo(SampleConsultation.OpensAt);
        var later = new HttpRequestMessage(HttpMethod.Get, "/");
        later.Headers.IfNoneMatch.Add(before);
        using var changed = await Anyone.SendAsync(later);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_engagement_that_only_informs_is_listed_once_it_has_reached_people_and_nothing_of_it_before()
    {
        var plan = SamplePlan.InformOnly with { Title = "New bins from April", Summary = "You get a bin for food waste.", ConsultationPeriod = null };
        var id = await Approved(plan);
        var reference = (await Read(id)).GetProperty("reference").GetString()!;
        (await Browser.Open("/")).Main.ShouldNotContain("New bins");
        (await Browser.Open($"/engagements/{reference}")).Status.ShouldBe(HttpStatusCode.NotFound);

        await Author.PostAsJsonAsync(At(id, "activities"), new { title = "Leaflet", medium = "leaflet", heldOn = "2026-11-20", reach = 500, reachMeasure = "leaflets delivered", targetGroups = Array.Empty<string>() }).Success();

        var list = await Browser.Open("/?q=food+waste&area=Harborough");
        Shown(list).ShouldBe(["New bins from April"]);
        var shown = await Browser.Open(list.Link("New bins from April"));
        shown.Heading.ShouldBe("New bins from April");
        shown.Main.ShouldContain("Friday 20 November 2026");
        shown.Main.ShouldNotContain(plan.LeadOfficer!.Name);
        (await Anyone.GetStringAsync("/consultations.atom")).ShouldContain($"/engagements/{reference}");
    }

    [Fact]
    public async Task A_consultation_says_what_people_need_before_they_answer_and_has_one_way_in()
    {
        var id = await Drafted(SampleConsultation.Details with
        {
            EasyReadDocument = "In short.txt",
            EasyReadWaiver = null,
            Events = [new PublicEvent("Drop-in", "Melton library", new UkMoment(SampleConsultation.OpensOn.AddDays(3), new TimeOnly(16, 0)), HowToBook: "Come along", Access: "Hearing loop")],
        });
        await Send(new Engagement.Participation.Application.Questionnaires.ReviseQuestionnaire(new ConsultationId(id), Questions, null));
        await JudgeAllMet(id);
        await PutDocument(id, "In short.txt", "text/plain", "Buses with books."u8.ToArray(), await VersionOfConsultation(id));
        await Post(Writer, id, "schedule", new { goodPracticeReason = "It is urgent." }).Success();
        await Post(Checker, id, "approval", body: null, await VersionOfConsultation(id)).Success();
        var slug = await SlugOf(id);

        var before = await Browser.Open($"/consultations/{slug}");
        before.Main.ShouldContain("You can answer from Monday 11 January 2027 until 11:59pm on Sunday 7 March 2027.");
        before.Document.QuerySelector("a.govuk-button--start").ShouldBeNull();

        Clock.MoveTo(SampleConsultation.OpensAt);
        var open = await Browser.Open($"/consultations/{slug}");
        open.Title.ShouldStartWith("The future of mobile libraries - Have your say");
        open.Main.ShouldContain("Closes at 11:59pm on Sunday 7 March 2027 (55 days left).");
        open.Main.ShouldContain(SampleConsultation.Details.WhyNow!);
        open.Main.ShouldContain(SampleConsultation.Details.WhatCanChange!);
        open.Main.ShouldContain(SampleConsultation.Details.WhatCannotChange!);
        open.Main.ShouldContain(SampleConsultation.Details.HowAnswersCount!);
        open.Main.ShouldContain(SampleConsultation.Details.WhoDecides!);
        open.Main.ShouldContain(SampleConsultation.Details.WhatHappensNext!);
        open.Main.ShouldContain(SampleConsultation.Details.OfflineRoute!);
        open.Main.ShouldContain(SampleConsultation.Details.AlternativeFormats!);
        open.Main.ShouldContain("Thursday 14 January 2027, 4pm");
        open.Main.ShouldContain("by Sunday 30 May 2027");
        open.Document.QuerySelectorAll("a.govuk-button").Single().GetAttribute("href").ShouldBe($"/consultations/{slug}/respond");
        var paper = await Browser.Open(open.Link("Easy Read: In short (text, 17 bytes)"));
        paper.Text.ShouldBe("Buses with books.");
        paper.ContentHeaders.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await Browser.Open($"/consultations/{slug}/documents/{Guid.CreateVersion7()}")).Status.ShouldBe(HttpStatusCode.NotFound);

        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(4));
        (await Browser.Open($"/consultations/{slug}")).Main.ShouldNotContain("Drop-in", customMessage: "it is over");
        Clock.MoveTo(SampleConsultation.ClosesAt);
        var closed = await Browser.Open($"/consultations/{slug}");
        closed.Main.ShouldContain("This consultation closed at 11:59pm on Sunday 7 March 2027.");
        closed.Main.ShouldContain("by Sunday 30 May 2027");
        closed.Document.QuerySelector("a.govuk-button--start").ShouldBeNull();
        (await Browser.Open($"/consultations/{slug}/outcome")).Main.ShouldContain("There is no outcome yet.");
        Clock.MoveTo(new DateTimeOffset(2027, 5, 31, 9, 0, 0, TimeSpan.Zero));
        (await Browser.Open($"/consultations/{slug}")).Main.ShouldContain("The outcome is late. It was due by Sunday 30 May 2027.");
    }

    [Fact]
    public async Task A_withdrawn_one_says_so_with_the_reason_and_an_unapproved_one_is_not_there()
    {
        var id = await Opened();
        var slug = await SlugOf(id);
        await Post(Writer, id, "withdrawal", new { publicReason = "The money is gone." }, await VersionOfConsultation(id)).Success();

        (await Browser.Open($"/consultations/{slug}")).Main.ShouldContain("Why: The money is gone.");
        (await Browser.Open($"/consultations/{slug}/outcome")).Main.ShouldContain("so there is no outcome. Why: The money is gone.");
        (await Browser.Open("/?status=withdrawn")).Main.ShouldContain("1 result");
        (await Anyone.GetStringAsync("/consultations.ics")).ShouldContain("STATUS:CANCELLED");
        var hidden = await Browser.Open($"/consultations/{await SlugOf(await Drafted())}");
        hidden.Status.ShouldBe(HttpStatusCode.NotFound);
        hidden.Heading.ShouldBe("Page not found");
    }

    [Fact]
    public async Task Two_thousand_are_searched_by_an_index_in_few_statements()
    {
        await Scheduled();
        await AsAdministrator(
            """
            insert into consultations.consultation (id, version, engagement_id, slug, status, title, summary, regimes, inputs, outcome_due_weeks, equality_answers, topics, areas, audiences,
                   opens_on, closes_on, opens_at, closes_at, authors, approved_by, approved_at, approved_version, questionnaire_version, questionnaire_digest, first_published_at, extensions, response_digest)
            select gen_random_uuid(), 1, gen_random_uuid(), 'made-' || n, 'Closed', 'Road scheme number ' || n, repeat('Words about a road and a junction. ', 20) || md5(n::text), '{}', '{}', 12, 'Linked',
                   array['Roads', 'Topic ' || n % 20], array['Area ' || n % 50], '{Residents}', d::date, (d + interval '40 days')::date, d, d + interval '41 days', '{a}', 'b', d, 1, 1, 'x', d, '[]', 'x'
              from generate_series(1, 2000) n, lateral (select timestamptz '2020-01-01' + n * interval '1 day' as d) dates;
            analyze consultations.consultation;
            """);
        Clock.MoveTo(SampleConsultation.OpensAt);

        var found = await Send(new FindPublicActivities(new PublicFilter(Words: "libraries"), 1));
        found.Items.ShouldHaveSingleItem().Title.ShouldBe("The future of mobile libraries");
        var second = await Send(new FindPublicActivities(PublicFilter.None, 2));
        second.Total.ShouldBe(2001);
        second.Items.Count.ShouldBe(FindPublicActivities.PageSize);
        second.Topics.Single(t => t.Value == "Roads").Count.ShouldBe(2000);
        (await Send(new FindPublicActivities(PublicFilter.None, 9999))).Number.ShouldBe(101);
        (await Plan("select 1 from consultations.consultation c where search_words @@ websearch_to_tsquery('english', 'libraries')")).ShouldContain("consultation_search");
    }

    private static List<string> Shown(ShownPage page) => [.. page.Document.QuerySelectorAll(".site-results__item h3").Select(ShownPage.Words)];

    private async Task<string> Plan(string sql)
    {
        await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("explain " + sql);
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
