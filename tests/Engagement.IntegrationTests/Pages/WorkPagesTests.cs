using System.Diagnostics;
using Engagement.Access.Application.Officers;
using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Engagement.IntegrationTests.ClosingTheLoop;
using Engagement.Kernel;
using Engagement.TestKit.Engagements;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Pages;

/// <summary>What waits for an officer, gathered from every module.</summary>
public sealed class WorkPagesTests : LoopTest
{
    [Fact]
    public async Task Nothing_waits_where_nothing_is_under_way()
    {
        using var officer = await OfficerPages("officer");

        var page = await officer.Open("/admin");

        page.Title.ShouldStartWith("My work - ");
        page.Main.ShouldContain("Nothing waits for you.");
    }

    [Fact]
    public async Task What_every_module_knows_of_stands_on_one_page_by_urgency_and_each_leads_to_where_it_is_resolved()
    {
        var lead = await Send(new CreateOfficer("lead@example.org", "Lead", ["officer"], MustChangePassword: false));
        var mine = await Send(new CreateEngagement(SamplePlan.Complete with { Title = "My plan", Areas = [], LeadOfficer = new LeadOfficer { Name = "Lead", Email = "Lead@example.org" } }));
        var review = await Send(new CreateEngagement(SamplePlan.Complete with { Title = "To review" }));
        await Send(new SubmitPlan(review.Id));
        Clock.MoveTo(ClosesAt);
        await Close();
        await AsAdministrator("insert into platform.notification (id, reference, kind, subject_id, recipient, content, queued_at, not_before, attempts, failed_at) select gen_random_uuid(), 'x', 'outcome-published', gen_random_uuid(), '\\x00', '\\x00', now(), now(), 5, now()");
        using var analyst = await OfficerPages("analyst");
        using var leader = await App.PagesOfAsync(lead.Id);
        using var administrator = await OfficerPages("administrator");

        var page = await leader.Open("/admin");
        page.Main.ShouldContain("1 thing waits for you.");
        page.Main.ShouldContain("1 check fails");
        page.Document.QuerySelector("main dl a")!.GetAttribute("href").ShouldBe($"/admin/engagements/{mine.Id}/readiness");

        page = await analyst.Open("/admin");
        page.Main.ShouldContain("you see what your roles can resolve in the whole council");
        page.Main.ShouldContain("Code the responses");
        page.Document.QuerySelector("main dl a")!.GetAttribute("href").ShouldBe($"/admin/consultations/{Consultation.Id}/coding");
        page.Main.ShouldContain("Later (1)");

        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(1)));
        using var later = await OfficerPages("analyst");
        page = await later.Open("/admin");
        page.Main.ShouldContain("Overdue (1)");
        page.Main.ShouldContain("(yesterday)");

        page = await (await OfficerPages("administrator")).Open("/admin");
        page.Main.ShouldContain("Send 1 failed message again");
        page.Main.ShouldContain("Review the plan");
    }

    [Fact]
    public async Task The_pages_of_an_officer_send_at_most_ten_statements_to_the_database()
    {
        var created = await Send(new CreateEngagement(SamplePlan.Complete));
        Clock.MoveTo(ClosesAt);
        await Close();
        using var officer = await Officer("administrator");
        var root = $"/admin/engagements/{created.Id}";

        // The first page of a new database makes the keys that protect forms.
        (await officer.GetAsync(new Uri("/admin", UriKind.Relative))).EnsureSuccessStatusCode().Dispose();
        foreach (var address in new[] { "/admin", "/admin/engagements", "/admin/engagements?Mine=true&Words=library", root, $"{root}/readiness", $"{root}/approve", $"{root}/timeline", $"{root}/activities", $"{root}/about" })
        {
            var trace = ActivityTraceId.CreateRandom();
            var statements = new System.Collections.Concurrent.ConcurrentQueue<string>();
            using var listener = new ActivityListener
            {
                ShouldListenTo = s => s.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> o) => o.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
                ActivityStopped = a =>
                {
                    if ((a.GetTagItem("db.query.text") ?? a.GetTagItem("db.statement")) is string sql)
                    {
                        statements.Enqueue(sql);
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

            using var answer = await officer.SendAsync(request);

            answer.EnsureSuccessStatusCode();
            statements.Count.ShouldBeInRange(2, 10, $"{address}: {string.Join("\n", statements)}");
        }
    }
}
