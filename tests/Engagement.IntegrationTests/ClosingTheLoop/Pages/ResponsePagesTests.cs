using System.Net;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;

namespace Engagement.IntegrationTests.ClosingTheLoop.Pages;

public sealed class ResponsePagesTests : LoopPagesTest
{
    [Fact]
    public async Task Responses_are_searched_filtered_and_read_one_after_the_other()
    {
        await Respond(new { q1 = "yes", q2 = new[] { "sat" }, q3 = "Please open on Saturdays & evenings" });
        await Respond(new { q1 = "no", q3 = "The car park is dark" });
        await Respond(new { q1 = "no", q3 = "Nothing about Saturdays" });
        var officer = await SignedIn();

        var all = await officer.Open(At("responses"));
        all.Status.ShouldBe(HttpStatusCode.OK);
        all.Heading.ShouldBe("Responses");
        all.Main.ShouldContain("3 responses");

        var found = await officer.Submit(all, Fields(("Filter.Words", "saturday")), "Apply filters");
        found.Main.ShouldContain("2 responses match");
        found.Document.QuerySelectorAll("mark").Select(m => m.TextContent).ShouldBe(["Saturdays", "Saturdays"]);
        found.Text.ShouldContain("<mark>Saturdays</mark> &amp; evenings");

        var both = await officer.Submit(found, Fields(("Filter.Option", "q1=yes")), "Apply filters");
        both.Main.ShouldContain("1 response matches");
        both.Document.QuerySelectorAll(".moj-filter__tag").Length.ShouldBe(2);

        var first = await officer.Open(found.Document.QuerySelector("main h3 a")!.GetAttribute("href")!);
        first.Main.ShouldContain("Nothing about Saturdays");
        var next = await officer.Open(first.Document.QuerySelector("main a[rel=next]")!.GetAttribute("href")!);
        next.Main.ShouldContain("Please open on Saturdays");
        next.Main.ShouldContain("On which days? Saturday");
        next.Document.QuerySelectorAll("main a[rel=next]").ShouldBeEmpty("the one between is not among those that were searched for");
    }

    [Fact]
    public async Task What_is_not_there_is_said_and_a_search_that_is_too_long_is_an_error_with_its_words_kept()
    {
        var officer = await SignedIn();

        (await officer.Open(At("responses"))).Main.ShouldContain("No responses yet");
        (await officer.Open(At("responses?Filter.Words=nothing"))).Main.ShouldContain("No responses match");
        var words = new string('x', 201);
        var error = await officer.Open(At($"responses?Filter.Words={words}"));

        error.Title.ShouldStartWith("Error: Responses");
        error.Errors.ShouldBe(["Search for 200 characters or fewer"]);
        error.Value("Filter.Words").ShouldBe(words);
        (await officer.Open(At($"responses/{ResponseId.New()}"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_colleague_rules_on_a_late_response_and_not_whoever_logged_it()
    {
        await Close();
        Clock.MoveTo(Clock.Now.AddDays(1));
        var (logger, colleague) = (await SignedIn(), await SignedIn("moderator"));
        var late = (await Send(new LogResponse(
            Consultation.Id, ResponseChannel.Paper, Today.AddDays(1), null, new Dictionary<string, AnswerValue?> { ["q3"] = AnswerValue.Of("Too late") }))).Id;

        var page = await colleague.Open(At($"responses/{late}"));
        page.Main.ShouldContain("Late, waiting for a ruling");
        var refused = await colleague.Submit(page, button: "Save the ruling");
        refused.Errors.ShouldBe(["Select whether the response counts"]);
        var without = await colleague.Submit(refused, Fields(("Ruling", "admit")), "Save the ruling");
        without.Errors.ShouldBe(["Enter why the response counts or does not"]);
        var ruled = await colleague.Submit(without, Fields(("Ruling", "admit"), ("Reason", "It was posted in time.")), "Save the ruling");

        ruled.Done.ShouldBe("The response counts from now on.");
        ruled.Main.ShouldContain("It was posted in time.");
        (await Scalar<int>("select count(*) from participation.v1_responses")).ShouldBe(1);
        (await logger.Open(At($"responses/{late}"))).Main.ShouldNotContain("Save the ruling");
    }

    [Fact]
    public async Task What_came_on_paper_is_logged_with_the_questions_as_the_public_has_them()
    {
        var officer = await SignedIn();
        var form = await officer.Open(At("log-response"));

        var refused = await officer.Submit(form, Fields(("answer-q3", "Open on Saturdays"), ("answer-q4", "many")));
        refused.Errors.ShouldContain("Select how it came");
        refused.Value("answer-q3").ShouldBe("Open on Saturdays");
        var paper = Fields(
            ("Channel", "Paper"), ("ReceivedOn.Day", "23"), ("ReceivedOn.Month", "11"), ("ReceivedOn.Year", "2026"), ("answer-q1", "yes"), ("answer-q2", "mon\nsat"), ("answer-q4", "many"));
        var wrong = await officer.Submit(refused, paper);
        wrong.Errors.ShouldHaveSingleItem().ShouldContain("number");
        paper["answer-q4"] = "4.5";
        var logged = await officer.Submit(wrong, paper);

        logged.Done!.ShouldContain("is logged. Write the reference on the paper.");
        logged.Main.ShouldContain("Open on Saturdays");
        logged.Main.ShouldContain("Monday");
        logged.Main.ShouldContain("By you");
        (await Scalar<int>("select count(*) from participation.v1_responses where channel = 'paper'")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_may_not_read_responses_sees_none()
    {
        await Respond("Open on Saturdays");
        var member = await SignedIn("member");

        var page = await member.Open(At("responses"));

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldNotContain("Saturdays");
    }
}
