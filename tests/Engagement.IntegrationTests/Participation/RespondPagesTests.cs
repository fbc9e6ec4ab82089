using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Contracts;
using Engagement.Host.Pages.Public.Respond;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.TestKit;
using Engagement.TestKit.Pages;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Participation;

/// <summary>A resident answers in a browser without scripts.</summary>
public sealed class RespondPagesTests : ParticipationTest
{
    private static readonly QuestionnaireContent Library = new(
    [
        new QuestionnairePage(
            "You and the library",
            [
                new Question("use", QuestionType.Single, "Do you use the library?", Required: true, Options: [new("yes", "Yes"), new("no", "No"), new("gone", "I have moved away")]),
            ],
            Exits: [new ExitPage("This survey is for people who live here", new([new("use", ConditionTest.AnyOf, ["gone"])]), "The hours matter to those who live here.", "You can write to the council.", new ExitLink("Write to us", "mailto:hello@example.gov.uk"))]),
        new QuestionnairePage(
            "Your visits",
            [
                new Question("days", QuestionType.Multiple, "On which days?", Options: [new("mon", "Monday"), new("sat", "Saturday"), new("none", "None of these")]),
                new Question("hours", QuestionType.Number, "How many hours a month?", Minimum: 0, Maximum: 31, Decimals: 1),
                new Question("last", QuestionType.Date, "When were you last there?"),
                new Question("content", QuestionType.Scale, "How content are you?", Scale: new Scale(1, 5, "Not at all", "Very")),
                new Question("why", QuestionType.ShortText, "Why so low?", Required: true, ShowWhen: new([new("content", ConditionTest.AnyOf, ["1", "2"])])),
            ],
            ShowWhen: new([new("use", ConditionTest.AnyOf, ["yes"])])),
        new QuestionnairePage(
            "What should change",
            [new Question("change", QuestionType.LongText, "What should change?", MaximumLength: 100)],
            Facts: [new Fact("What it costs", "The branch costs 90,000 pounds a year.\n\nMost of it is wages.", ["costs.pdf", "gone.pdf"])]),
    ]);

    private PageClient browser = null!;

    private string Form => $"/consultations/{Consultation.Slug}/respond";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Scheduled });
        var etag = (await Send(new ShowQuestionnaire(Consultation.Id))).ETag;
        var version = (await Send(new ReviseQuestionnaire(Consultation.Id, Library, etag))).Version;
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Open, QuestionnaireVersion = version });
        await Publish(new ConsultationScheduledV1(
            Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, Consultation.Slug, Consultation.Title, version, OpensAt, ClosesAt, Clock.Now));
        browser = Somebody();
    }

    public override async Task DisposeAsync()
    {
        browser.Dispose();
        await base.DisposeAsync();
    }

    protected override void Replace(IServiceCollection services)
    {
        base.Replace(services);
        services.AddSingleton<IRequestHandler<ShowPublicConsultation, PublicConsultationView>>(new PublicView(Neighbours, Clock));
    }

    [Fact]
    [Trait("Attack", "E04")]
    public async Task Answers_page_by_page_checks_sends_and_gets_a_receipt_that_is_safe_to_reload()
    {
        var start = await browser.Open(Form);
        start.Heading.ShouldBe("Answer: Library opening hours");
        start.Main.ShouldContain("closes at 9:59am on Monday 23 November 2026");
        browser.Cookies.GetCookies(new Uri(App.Address, Form)).ShouldNotContain(c => c.Name == RespondCookies.Draft, "looking around leaves no trace");

        var use = await browser.Open(start.Link("Start now"));
        use.Heading.ShouldBe("Do you use the library?");
        use.Document.QuerySelectorAll("input[type=radio][checked]").ShouldBeEmpty();
        var visits = await Fill(use, ("answer-use", "yes"));
        visits.Heading.ShouldBe("Your visits");
        visits.Main.ShouldContain("How many hours a month? (optional)");
        var more = await Fill(
            visits, ("answer-days", "mon\nsat"), ("answer-hours", "4.5"), ("answer-last.Day", "1"), ("answer-last.Month", "nov"), ("answer-last.Year", "2026"), ("answer-content", "2"));
        more.Main.ShouldContain("there is another question on this page");
        more.Errors.ShouldBeEmpty("nobody has seen the new question yet");
        var change = await Fill(more, ("answer-why", "It is always closed"));
        change.Heading.ShouldBe("What should change");
        change.Main.ShouldContain("The branch costs 90,000 pounds a year.");
        change.Document.QuerySelector("main a[target=_blank]")!.GetAttribute("href").ShouldStartWith($"/consultations/{Consultation.Slug}/documents/");
        change.Main.ShouldContain("gone.pdf (not available at the moment)");
        var details = await Fill(change, ("answer-change", "Open on Sundays\r\nplease"));
        var check = await Fill(details, ("OnBehalfOf", "Markfield Parish Council"), ("ConsentToPublish", "true"), ("Email", "resident@example.org"));

        check.Heading.ShouldBe("Check your answers");
        foreach (var words in new[] { "Monday", "Saturday", "4.5", "1 November 2026", "2", "It is always closed", "Open on Sundays", "Markfield Parish Council", "resident@example.org" })
        {
            check.Main.ShouldContain(words);
        }

        (await Stored()).ShouldBe(0);
        var sent = await browser.Submit(check, button: "Send your answers");
        sent.Heading.ShouldBe("We have received your answers");
        sent.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await browser.Submit(check, button: "Send your answers")).Main.ShouldBe(sent.Main, "a second click sends nothing anew");
        (await browser.Open(sent.Address.PathAndQuery)).Main.ShouldBe(sent.Main, "loading it again sends nothing");

        (await Stored()).ShouldBe(1);
        (await Scalar<string>("select answers::text from participation.response")).ShouldBe(
            """{"use": ["yes"], "why": "It is always closed", "days": ["mon", "sat"], "last": {"date": "2026-11-01"}, "hours": 4.5, "change": "Open on Sundays\nplease", "content": ["2"]}""");
        (await Scalar<string>("select on_behalf_of || '/' || consent_to_publish || '/' || channel from participation.response")).ShouldBe("Markfield Parish Council/true/Web");
        (await Scalar<int>("select count(*) from participation.contact")).ShouldBe(1);
        (await browser.Open(sent.Link("download the receipt with a copy of your answers"))).Text.ShouldContain("Open on Sundays");
        App.Log.Lines.ShouldNotContain(l => l.Contains("Sundays", StringComparison.Ordinal) || l.Contains("resident@example.org", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 1_499_999, "Pace")]
    [InlineData(null, 1_500_000, null)]
    [InlineData("Buy now", 60_000_000, "Trap")]
    [Trait("Attack", "E09")]
    public async Task What_a_program_may_have_sent_is_taken_and_marked_for_officers_and_a_person_who_is_quick_is_not(string? trap, int microseconds, string? sign)
    {
        // Two pages of questions: after the first came the second, the details and the summary, half a second each.
        var check = await Fill(await Fill(await Fill(await browser.Open($"{Form}/1"), ("answer-use", "no"))));
        var field = check.Document.QuerySelector("main input[name=Remarks]")!;
        (field.ParentElement!.HasAttribute("hidden"), field.GetAttribute("tabindex"), field.GetAttribute("autocomplete")).ShouldBe((true, "-1", "off"));
        Clock.Advance(TimeSpan.FromMicroseconds(microseconds));

        var sent = await browser.Submit(check, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Remarks"] = trap }, "Send your answers");
        await Respond(new { answers = new { use = "no" } });

        sent.Heading.ShouldBe("We have received your answers");
        sent.Main.ShouldNotContain("program");
        (await Scalar<string>("select coalesce(automation_sign, 'none') || ' ' || channel from participation.response order by id limit 1")).ShouldBe($"{sign ?? "none"} Web");
        (await Scalar<int>("select count(*) from participation.response where automation_sign is not null")).ShouldBe(sign is null ? 0 : 1, "what comes by the API has no sign");
        (await Scalar<int>("select count(*) from participation.v1_responses")).ShouldBe(2, "it counts");
    }

    [Fact]
    public async Task Says_what_needs_correcting_and_keeps_everything_that_was_typed()
    {
        var use = await browser.Open($"{Form}/1");
        var missing = await Fill(use);
        missing.Title.ShouldStartWith("Error: ");
        missing.Errors.ShouldBe(["Choose an answer"]);
        missing.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href").ShouldBe("#answer-use");
        var visits = await Fill(missing, ("answer-use", "yes"));

        var wrong = await Fill(
            visits, ("answer-days", "sat"), ("answer-hours", "a few"), ("answer-last.Day", "31"), ("answer-last.Month", "2"), ("answer-last.Year", "2026"));

        wrong.Errors.ShouldBe(["Enter a number in figures, such as 4: How many hours a month?", "Enter a real date, such as 27 11 2026: When were you last there?"]);
        (wrong.Value("answer-hours"), wrong.Value("answer-last.Day"), wrong.Value("answer-last.Month")).ShouldBe(("a few", "31", "2"));
        wrong.Document.QuerySelectorAll("input[type=checkbox][checked]").Select(c => c.GetAttribute("value")).ShouldBe(["sat"]);
        (await Fill(wrong, ("answer-hours", "32"), ("answer-last.Day", "28"))).Errors.ShouldBe(["Enter a number from 0 to 31: How many hours a month?"]);
        (await Fill(wrong, ("answer-hours", "1.5 "), ("answer-last.Day", "28"))).Heading.ShouldBe("What should change");
    }

    [Fact]
    [Trait("Attack", "E03")]
    public async Task An_earlier_answer_that_changes_leads_another_way_and_takes_what_is_not_asked_out_of_what_is_sent()
    {
        var change = await Fill(await Fill(await Fill(await browser.Open($"{Form}/1"), ("answer-use", "yes")), ("answer-hours", "4")), ("answer-change", "Nothing"));
        var check = await Fill(change);
        check.Main.ShouldContain("How many hours a month?");

        var use = await browser.Open(check.Document.QuerySelector("main dd a")!.GetAttribute("href")!);
        use.Heading.ShouldBe("Do you use the library?");
        var again = await Fill(use, ("answer-use", "no"));

        again.Heading.ShouldBe("Check your answers");
        again.Main.ShouldNotContain("How many hours a month?");
        (await browser.Open($"{Form}/2")).Heading.ShouldBe("What should change", "a page that is not shown leads on");
        (await browser.Open($"{Form}/3")).Document.QuerySelector(".govuk-back-link")!.GetAttribute("href").ShouldBe($"{Form}/1");
        await browser.Submit(again, button: "Send your answers");
        (await Scalar<string>("select answers::text from participation.response")).ShouldBe("""{"use": ["no"], "change": "Nothing"}""");
    }

    [Fact]
    public async Task From_the_summary_an_answer_that_opens_a_new_page_leads_there_first()
    {
        var check = await Fill(await Fill(await Fill(await browser.Open($"{Form}/1"), ("answer-use", "no"))));
        check.Heading.ShouldBe("Check your answers");

        var visits = await Fill(await browser.Open($"{Form}/1?from=check"), ("answer-use", "yes"));

        visits.Heading.ShouldBe("Your visits");
        (await Fill(visits)).Heading.ShouldBe("Check your answers");
    }

    [Fact]
    public async Task Whom_the_form_is_not_for_is_told_why_and_what_to_do_and_nothing_is_sent()
    {
        var exit = await Fill(await browser.Open($"{Form}/1"), ("answer-use", "gone"));

        exit.Status.ShouldBe(HttpStatusCode.OK);
        exit.Title.ShouldNotStartWith("Error");
        exit.Heading.ShouldBe("This survey is for people who live here");
        exit.Main.ShouldContain("You can write to the council.");
        exit.Main.ShouldContain("Your answers have not been sent.");
        exit.Link("Write to us").ShouldBe("mailto:hello@example.gov.uk");
        (await browser.Open($"{Form}/check")).Heading.ShouldBe(exit.Heading);
        (await (await Post(new { answers = new { use = "gone" } })).ProblemCode()).ShouldBe("screened-out");
        (await Stored()).ShouldBe(0);
        (await Fill(await browser.Open(exit.Link("change your answer")), ("answer-use", "no"))).Heading.ShouldBe("What should change");
    }

    [Fact]
    [Trait("Attack", "E01")]
    public async Task What_is_sent_a_microsecond_before_the_closing_instant_is_taken_though_the_page_was_opened_earlier()
    {
        var check = await AnswerAll(browser);

        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));
        var sent = await browser.Submit(check, button: "Send your answers");

        sent.Heading.ShouldBe("We have received your answers");
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    [Trait("Attack", "E01")]
    public async Task What_is_sent_at_the_closing_instant_is_not_counted_and_not_lost()
    {
        var check = await AnswerAll(browser);
        using var slower = Somebody();
        var typing = await Fill(slower, await slower.Open($"{Form}/1"), ("answer-use", "no"));
        using var looking = Somebody();
        await Fill(looking, await looking.Open($"{Form}/1"), ("answer-use", "no"));

        Clock.MoveTo(ClosesAt);
        var late = await browser.Submit(check, button: "Send your answers");

        late.Heading.ShouldBe("Your answers came too late to be counted");
        late.Title.ShouldNotStartWith("Error");
        late.Main.ShouldContain("closed at 9:59am on Monday 23 November 2026");
        late.Main.ShouldContain("reached us at 10:00:00am on Monday 23 November 2026");
        late.Main.ShouldContain("these answers were not counted");
        late.Main.ShouldContain("Open on Sundays");
        late.Main.ShouldContain("late comments");
        (await browser.Open(late.Link("download a copy of your answers"))).Text.ShouldContain("Open on Sundays");
        (await browser.Open(late.Address.PathAndQuery)).Main.ShouldBe(late.Main);

        Clock.MoveTo(ClosesAt.AddSeconds(7));
        var typed = await Fill(slower, typing, ("answer-change", "Words that were being typed"));
        typed.Main.ShouldContain("reached us at 10:00:07am");
        typed.Main.ShouldContain("Words that were being typed");
        (await looking.Open($"{Form}/3")).Heading.ShouldBe("The consultation closed before you sent your answers");
        using var newcomer = Somebody();
        (await newcomer.Open(Form)).Heading.ShouldBe("This consultation closed at 9:59am on Monday 23 November 2026");
        (await Stored()).ShouldBe(0);
    }

    [Fact]
    public async Task Saves_and_comes_back_elsewhere_by_code_or_by_link()
    {
        var use = await browser.Open($"{Form}/1");
        var saved = await browser.Submit(use, new Dictionary<string, string?>(StringComparer.Ordinal) { ["answer-use"] = "yes" }, "Save and come back later");
        saved.Heading.ShouldBe("Your answers are saved");
        saved.Main.ShouldContain("until Monday 30 November 2026");
        var code = saved.Document.QuerySelector(".site-code")!.TextContent;

        using var elsewhere = Somebody();
        var asked = await elsewhere.Open($"{Form}/return");
        (await Enter("0000")).Errors.ShouldHaveSingleItem().ShouldStartWith("Enter the 28 letters and numbers");
        (await Enter("")).Errors.ShouldBe(["Enter your code"]);
        (await Enter(code.ToLowerInvariant().Replace('-', ' '))).Heading.ShouldBe("Check your answers", "nothing that is left is required");
        (await elsewhere.Open($"{Form}/1")).Document.QuerySelectorAll("input[checked]").ShouldHaveSingleItem().GetAttribute("value").ShouldBe("yes");

        using var third = Somebody();
        var linked = await third.Open($"{Form}/return?code={code.Replace("-", "", StringComparison.Ordinal)}");
        linked.Address.PathAndQuery.ShouldBe($"{Form}/check", "the code stands in no address after that");
        (await third.Open($"{Form}/return?code=0000000000000000000000000000")).Errors.ShouldHaveSingleItem();
        App.Log.Lines.ShouldNotContain(l => l.Contains(code.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal));

        var mail = await browser.Submit(saved, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Email"] = "not an address" }, "Send me the link");
        mail.Errors.ShouldBe(["Enter an e-mail address such as name@example.com"]);
        mail.Value("Email").ShouldBe("not an address");
        (await browser.Submit(mail, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Email"] = "resident@example.org" }, "Send me the link")).Done!.ShouldContain("sent you the link");
        (await browser.Submit(saved, button: "Delete my answers")).Heading.ShouldBe("Answer: Library opening hours");
        (await Scalar<int>("select count(*) from participation.draft")).ShouldBe(0);

        Task<ShownPage> Enter(string typed) => elsewhere.Submit(asked, new Dictionary<string, string?>(StringComparer.Ordinal) { ["ReturnCode"] = typed }, "Continue");
    }

    [Fact]
    public async Task Comes_back_to_the_receipt_changes_the_response_and_takes_it_back()
    {
        var sent = await browser.Submit(await AnswerAll(browser), button: "Send your answers");
        var code = sent.Document.QuerySelector(".site-code")!.TextContent;
        using var later = Somebody();
        var ask = await later.Open("/receipt");
        (await later.Submit(ask, new Dictionary<string, string?>(StringComparer.Ordinal) { ["ReceiptCode"] = $"{code}x" })).Errors.ShouldHaveSingleItem().ShouldStartWith("Enter the whole receipt code");
        var receipt = await later.Submit(ask, new Dictionary<string, string?>(StringComparer.Ordinal) { ["ReceiptCode"] = code });
        receipt.Address.PathAndQuery.ShouldBe("/receipt");
        receipt.Main.ShouldContain("Open on Sundays");

        var check = await later.Submit(receipt, button: "Change your answers");
        var changed = await later.Submit(await Fill(later, await later.Open($"{Form}/3?from=check"), ("answer-change", "Open on Mondays")), button: "Send your changed answers");
        changed.Heading.ShouldBe("We have received your answers");
        check.Heading.ShouldBe("Check your answers");
        (await Scalar<string>("select answers ->> 'change' || version from participation.response")).ShouldBe("Open on Mondays2");
        (await Stored()).ShouldBe(1);

        var sure = await later.Open((await later.Open("/receipt")).Link("Withdraw your response"));
        sure.Heading.ShouldBe("Do you want to withdraw your response?");
        (await later.Submit(sure, button: "Withdraw your response")).Main.ShouldContain("You have withdrawn it.");
        (await Scalar<int>("select count(*) from participation.response where withdrawn_at is not null")).ShouldBe(1);
        (await later.Submit(await later.Open("/receipt"), button: "Finish")).Main.ShouldContain("Receipt code");
    }

    [Fact]
    public async Task Shows_a_change_that_met_another_change_and_keeps_the_words()
    {
        var sent = await browser.Submit(await AnswerAll(browser), button: "Send your answers");
        var code = sent.Document.QuerySelector(".site-code")!.TextContent;
        var receipt = await browser.Submit(sent, button: "See, change or withdraw your answers");
        await browser.Submit(receipt, button: "Change your answers");
        using var other = Somebody();
        await other.Submit(
            await other.Submit(await other.Submit(await other.Open("/receipt"), new Dictionary<string, string?>(StringComparer.Ordinal) { ["ReceiptCode"] = code }), button: "Change your answers"),
            button: "Send your changed answers");

        var refused = await browser.Submit(await Fill(await browser.Open($"{Form}/3?from=check"), ("answer-change", "My other words")), button: "Send your changed answers");

        refused.Title.ShouldStartWith("Error: ");
        refused.Errors.ShouldHaveSingleItem().ShouldContain("changed or withdrawn in another window");
        refused.Main.ShouldContain("My other words");
    }

    [Fact]
    public async Task Asks_about_the_person_after_the_answers_are_safe_and_takes_no_for_an_answer()
    {
        var sent = await browser.Submit(await AnswerAll(browser), button: "Send your answers");
        (await browser.Open(sent.Link("No, skip"))).Heading.ShouldBe("Thank you for taking part");
        var about = await browser.Open(sent.Link("Yes, answer them"));
        about.Document.QuerySelectorAll("input[checked]").ShouldBeEmpty();

        (await Submit(about, "Save these answers", ("answer-age-group", "25-34"), ("answer-long-term-condition", "N"), ("answer-activity-reduced", "LOT"))).Heading.ShouldBe("Thank you for taking part");

        (await Scalar<string>("select answers::text from participation.equality_answers")).ShouldBe("""{"age-group": ["25-34"], "long-term-condition": ["N"]}""");
        var receipt = await browser.Submit(await browser.Open($"{Form}/sent"), button: "See, change or withdraw your answers");
        var kept = await browser.Open(receipt.Link("See, change or remove what you said about yourself"));
        kept.Document.QuerySelectorAll("input[checked]").Select(i => i.GetAttribute("value")).ShouldBe(["25-34", "N"]);
        await browser.Submit(kept, button: "Remove my answers about me");
        (await Scalar<int>("select count(*) from participation.equality_answers")).ShouldBe(0);
    }

    [Fact]
    public async Task Says_when_it_opens_that_it_is_withdrawn_and_that_it_is_paused()
    {
        await Fill(await browser.Open($"{Form}/1"), ("answer-use", "no"));
        Clock.MoveTo(OpensAt.AddMicroseconds(-1));
        using var early = Somebody();
        (await early.Open($"{Form}/1")).Heading.ShouldBe("You can answer from 8:59am on Monday 23 November 2026");
        Clock.MoveTo(OpensAt);
        (await early.Open($"{Form}/1")).Heading.ShouldBe("Do you use the library?");

        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Scheduled, QuestionnaireVersion = null });
        var paused = await browser.Open($"{Form}/3");
        paused.Heading.ShouldBe("We cannot take answers at the moment");
        paused.Main.ShouldContain("Answers that you saved are kept until Monday 30 November 2026.");
        paused.Main.ShouldContain("Ask for a paper form at the library.");
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Withdrawn });
        var withdrawn = await browser.Open($"{Form}/3");
        withdrawn.Heading.ShouldBe("This consultation has been withdrawn");
        withdrawn.Main.ShouldContain("Why: Overtaken by events");
        (await browser.Open("/consultations/never-was/respond")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_step_of_the_form_is_one_statement_to_read_and_one_to_keep_and_sending_it_one_more()
    {
        await AnswerAll(browser);
        foreach (var page in new[] { "", "/1", "/2", "/3", "/details", "/check", "/save", "/return" })
        {
            await Counted($"{Form}{page}", () => browser.Open($"{Form}{page}"), most: 1);
        }

        var third = await browser.Open($"{Form}/3");
        await Counted("saving a page", () => Fill(third, ("answer-change", "Open on Sundays")), most: 3);
        var check = await browser.Open($"{Form}/check");
        var sent = await Counted("sending and the receipt", () => browser.Submit(check, button: "Send your answers"), most: 7);
        await Counted("the receipt again", () => browser.Open($"{Form}/sent"), most: 4);
        await Counted("about you", () => browser.Open($"{Form}/about-you"), most: 3);
        var receipt = await browser.Submit(sent, button: "See, change or withdraw your answers");
        await Counted("/receipt", () => browser.Open("/receipt"));
        await Counted("/receipt/withdraw", () => browser.Open("/receipt/withdraw"));
        await Counted("/receipt/about-you", () => browser.Open("/receipt/about-you"));
        receipt.Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A request and the page that it leads to count together where one leads to the other.</summary>
    private static async Task<ShownPage> Counted(string what, Func<Task<ShownPage>> open, int most = 10)
    {
        using var statements = new StatementCounter();
        var page = await open();
        page.Status.ShouldBe(HttpStatusCode.OK, what);
        statements.Statements.Count.ShouldBeInRange(1, most, $"{what}: {string.Join(" | ", statements.Statements)}");
        return page;
    }

    private async Task<ShownPage> AnswerAll(PageClient somebody)
    {
        var visits = await Fill(somebody, await somebody.Open($"{Form}/1"), ("answer-use", "yes"));
        var details = await Fill(somebody, await Fill(somebody, visits, ("answer-hours", "4")), ("answer-change", "Open on Sundays"));
        return await Fill(somebody, details);
    }

    private PageClient Somebody() => new(App.Address);

    private Task<ShownPage> Submit(ShownPage page, string button, params (string Name, string? Value)[] values) =>
        browser.Submit(page, values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal), button);

    private static Task<ShownPage> Fill(PageClient somebody, ShownPage page, params (string Name, string? Value)[] values) =>
        somebody.Submit(page, values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal), "Continue");

    private Task<ShownPage> Fill(ShownPage page, params (string Name, string? Value)[] values) =>
        browser.Submit(page, values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal), "Continue");

    /// <summary>What the page of the consultation would say.</summary>
    internal sealed class PublicView(NeighbouringModules neighbours, TestClock clock) : IRequestHandler<ShowPublicConsultation, PublicConsultationView>
    {
        public async Task<PublicConsultationView> Handle(ShowPublicConsultation request, CancellationToken cancellationToken)
        {
            var facts = await neighbours.Handle(new FindPublicConsultation(request.Slug), cancellationToken) ?? throw new NotFoundException("consultation");

            // Members that the pages of the form do not show stay empty, whatever the consultation's page comes to need.
            var empty = (PublicConsultationView)RuntimeHelpers.GetUninitializedObject(typeof(PublicConsultationView));
            return empty with
            {
                Slug = facts.Slug,
                Title = facts.Title,
                Summary = "Should the library open at other times?",
                WhoDecides = "The Cabinet",
                OpensAt = facts.OpensAt,
                ClosesAt = facts.ClosesAt,
                ClosesInWords = UkTime.SpellDeadline(facts.ClosesAt),
                WithdrawalReason = "Overtaken by events",
                OfflineRoute = "Ask for a paper form at the library.",
                OutcomeDueOn = UkTime.DateOf(facts.ClosesAt).AddDays(84),
                Documents = [new DocumentView(new(Guid.CreateVersion7()), "costs.pdf", 1, "application/pdf", 123_456, "", clock.Now)],
            };
        }
    }
}
