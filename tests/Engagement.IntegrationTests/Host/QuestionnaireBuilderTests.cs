using System.Net;
using Engagement.Consultations.Contracts;
using Engagement.IntegrationTests.Consultations;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Host;

/// <summary>An officer writes a questionnaire in a browser without JavaScript.</summary>
public sealed class QuestionnaireBuilderTests : ConsultationsTest
{
    private PageClient officer = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        officer = await OfficerPages("officer");
    }

    public override async Task DisposeAsync()
    {
        officer.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_questionnaire_is_built_with_forms_alone()
    {
        var id = await Drafted();
        var overview = await officer.Open(Root(id));
        overview.Main.ShouldContain("Nobody has written a question yet");

        var form = await officer.Submit(
            await officer.Open(overview.Link("Add a question")), new Dictionary<string, string?> { ["Type"] = "Single", ["Title"] = "You and the library" }, "Continue");
        overview = await officer.Submit(
            form, new Dictionary<string, string?> { ["Form.Text"] = "Do you use it?", ["Form.NewOptions"] = "Yes\r\nNo, I don't", ["Form.Required"] = "true" });
        overview.Done.ShouldBe("The question “Do you use it?” is saved");

        form = await officer.Submit(await officer.Open(overview.Link("Add a question")), new Dictionary<string, string?> { ["Type"] = "LongText", ["Part"] = "1" }, "Continue");
        overview = await officer.Submit(form, new Dictionary<string, string?> { ["Form.Text"] = "What for?", ["Form.MaximumLength"] = "1,000" });

        var choose = await officer.Open(overview.Link("Routing of question 2"));
        choose.Main.ShouldContain("The question “What for?” is shown to everybody who sees its page.");
        var term = await officer.Submit(choose, new Dictionary<string, string?> { ["on"] = "q1" }, "Continue");
        var saved = await officer.Submit(term, new Dictionary<string, string?> { ["Term.Test"] = "AnyOf", ["Term.Options"] = "yes" }, "Add condition");

        saved.Main.ShouldContain("is shown only if: “Do you use it?” is answered “Yes”");
        (await officer.Open(Root(id))).Main.ShouldContain("Routing Only if “Do you use it?” is answered “Yes”.");
        (await Stored(id)).Pages.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            p => p.Title.ShouldBe("You and the library"),
            p => p.Questions[0].Options.ShouldBe([new("yes", "Yes"), new("no-i-dont", "No, I don't")]),
            p => p.Questions[0].Required.ShouldBeTrue(),
            p => p.Questions[1].MaximumLength.ShouldBe(1000),
            p => p.Questions[1].ShowWhen!.Terms.Single().Options.ShouldBe(["yes"]));
    }

    [Fact]
    public async Task What_makes_no_sense_is_said_where_it_lies_and_nothing_is_saved()
    {
        var id = await Built();
        var overview = await officer.Open(Root(id));

        var refused = await officer.Submit(overview, button: "Move up question 2");
        refused.Title.ShouldStartWith("Error: ");
        refused.Errors.ShouldHaveSingleItem().ShouldBe("On page 1, “What for?”: q1 does not come before this place. A condition can rest on earlier questions only.");

        var noType = await officer.Submit(await officer.Open($"{Root(id)}/add"), new Dictionary<string, string?> { ["Part"] = "3" }, "Continue");
        noType.Errors.ShouldBe(["Choose what kind of question it is.", "Enter the new page's title."]);

        var form = await officer.Open($"{Root(id)}/question?code=q1");
        refused = await officer.Submit(
            form, new Dictionary<string, string?> { ["Form.Text"] = " ", ["Form.Options[1].Label"] = "", ["Form.Code"] = "Not a code" }, "Save question");
        refused.Errors.Count.ShouldBeGreaterThanOrEqualTo(3);
        refused.Errors.ShouldContain("Enter the question");
        refused.Document.QuerySelector("#Form_NewOptions-error")!.TextContent.ShouldContain("from 2 to 200 options");
        refused.Document.QuerySelector("#Form_Code-error").ShouldNotBeNull();
        refused.Value("Form.Code").ShouldBe("Not a code");

        var removal = await officer.Submit(await officer.Open($"{Root(id)}/delete?question=q1"), button: "Delete");
        removal.Errors.ShouldContain("On page 1, “What for?”: There is no question with the code q1.");

        var noAnswer = await officer.Submit(await officer.Open($"{Root(id)}/condition?question=q3&on=q1"), new Dictionary<string, string?> { ["Term.Test"] = "NoneOf" }, "Add condition");
        noAnswer.Errors.ShouldBe(["Choose at least one answer."]);
        (await Version(id)).ShouldBe(1);
    }

    [Fact]
    public async Task Questions_and_pages_move_are_doubled_renamed_and_deleted()
    {
        var id = await Built();

        var overview = await officer.Submit(await officer.Open(Root(id)), button: "Move down question 2");
        overview.Done.ShouldBe("“What for?” has moved down");
        (await Order(id)).ShouldBe("q1 | q2 q3");
        overview = await officer.Submit(overview, button: "Duplicate question 1");
        (await Order(id)).ShouldBe("q1 q4 | q2 q3");
        await officer.Submit(overview, button: "Move up page 2");
        (await Order(id)).ShouldBe("q1 q4 | q2 q3", "the question on page 2 depends on one of page 1");

        var question = await officer.Open($"{Root(id)}/question?code=q1");
        var higher = await officer.Submit(question, button: "Move up option 2");
        higher.Value("Form.Options[0].Label").ShouldBe("No");
        await officer.Submit(higher, new Dictionary<string, string?> { ["Form.Code"] = "use", ["Form.Options[1].Code"] = "y", ["Form.Part"] = "1" }, "Save question");
        (await Stored(id)).Questions.Single(q => q.Code == "q2").ShowWhen!.Terms.Single()
            .ShouldSatisfyAllConditions(t => t.Question.ShouldBe("use"), t => t.Options.ShouldBe(["y"]));
        (await Stored(id)).Questions.First().Options.ShouldBe([new("no", "No"), new("y", "Yes")]);

        var page = await officer.Submit(await officer.Open($"{Root(id)}/page?part=2"), new Dictionary<string, string?> { ["Title"] = "Renamed", ["Introduction"] = "One\r\nTwo" }, "Save page");
        page.Main.ShouldContain("Page 2: Renamed");
        (await Stored(id)).Pages[1].Introduction.ShouldBe("One\nTwo");
        await officer.Submit(await officer.Open($"{Root(id)}/delete?question=q4"), button: "Delete");
        await officer.Submit(await officer.Open($"{Root(id)}/delete?part=2"), button: "Delete");
        (await Order(id)).ShouldBe("use");
        (await officer.Open($"{Root(id)}/delete?question=use")).Main.ShouldContain("this is the last one");
        (await officer.Open($"{Root(id)}/question?code=q1")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Facts_exits_and_what_stands_before_the_first_question_are_written_and_taken_out()
    {
        var id = await Built();

        await officer.Submit(await officer.Open($"{Root(id)}/texts"), new Dictionary<string, string?> { ["Introduction"] = "Five minutes." }, "Save");
        var refused = await officer.Submit(await officer.Open($"{Root(id)}/fact?question=q3"), new Dictionary<string, string?> { ["Title"] = "" }, "Save fact");
        refused.Errors.ShouldBe(["Enter what the fact is about", "Enter the fact, or name a document that says it"]);
        var question = await officer.Submit(refused, new Dictionary<string, string?> { ["Title"] = "Costs", ["Text"] = "One pound a visit." }, "Save fact");
        question.Link("Costs").ShouldEndWith("/fact?question=q3&number=1");

        var exit = await officer.Submit(await officer.Open($"{Root(id)}/exit?part=1"), new Dictionary<string, string?> { ["on"] = "q1" }, "Continue");
        refused = await officer.Submit(
            exit, new Dictionary<string, string?> { ["Term.Test"] = "AnyOf", ["Term.Options"] = "no", ["Title"] = "Not for you", ["LinkText"] = "Go", ["LinkAddress"] = "javascript:alert(1)" }, "Save exit");
        refused.Errors.ShouldContain("Enter an address that begins with https://, mailto: or tel:");
        refused.Errors.ShouldContain("Enter why the form is not for this person");
        var page = await officer.Submit(
            refused, new Dictionary<string, string?> { ["Text"] = "It asks users only.", ["NextStep"] = "Write to us.", ["LinkAddress"] = "https://example.org/" }, "Save exit");
        page.Main.ShouldContain("Not for you, if “Do you use it?” is answered “No”");
        var content = await Stored(id);
        content.Introduction.ShouldBe("Five minutes.");
        content.Pages[0].Exits!.Single().Link.ShouldBe(new ExitLink("Go", "https://example.org/"));
        content.Questions.Last().Facts!.Single().ShouldBe(new Fact("Costs", "One pound a visit."));

        await officer.Submit(await officer.Open($"{Root(id)}/fact?question=q3&number=1"), button: "Take this fact out");
        await officer.Submit(await officer.Open($"{Root(id)}/exit?part=1&number=1"), button: "Take this exit out");
        content = await Stored(id);
        content.Questions.Last().Facts.ShouldBeNull();
        content.Pages[0].Exits.ShouldBeNull();
    }

    [Fact]
    public async Task Two_officers_at_once_overwrite_nothing()
    {
        var id = await Built();
        using var colleague = await OfficerPages("officer");
        var mine = await officer.Open($"{Root(id)}/question?code=q3");
        var theirs = await colleague.Open($"{Root(id)}/question?code=q1");
        await colleague.Submit(theirs, new Dictionary<string, string?> { ["Form.Hint"] = "Theirs" }, "Save question");

        var refused = await officer.Submit(mine, new Dictionary<string, string?> { ["Form.Hint"] = "Mine" }, "Save question");

        refused.Errors.ShouldHaveSingleItem().ShouldMatch("^officer changed this questionnaire at \\d+:\\d\\d[ap]m on \\w+ \\d+ \\w+ \\d{4}, after you opened this page\\. Nothing was overwritten");
        refused.Value("Form.Hint").ShouldBe("Mine");
        var again = await officer.Submit(refused, button: "Save question");
        again.Errors.ShouldHaveSingleItem("it stays refused until the change has been looked at");
        (await Stored(id)).Questions.Select(q => q.Hint).ShouldBe(["Theirs", null, null]);
    }

    [Fact]
    public async Task An_approved_one_says_what_a_change_does_and_one_that_has_opened_is_frozen()
    {
        var id = await Scheduled();
        (await officer.Open(Root(id))).Main.ShouldContain("This questionnaire is approved. If you change it, the approval is void");

        var edited = await officer.Submit(await officer.Open($"{Root(id)}/question?code=q1"), new Dictionary<string, string?> { ["Form.Hint"] = "New" }, "Save question");
        edited.Done.ShouldNotBeNull();
        (await StatusOf(id)).ShouldNotBe("scheduled");

        var open = await Opened();
        using var later = await OfficerPages("officer");
        var frozen = await later.Open(Root(open));
        frozen.Main.ShouldContain("This questionnaire is frozen");
        frozen.Document.QuerySelectorAll("main form button").ShouldBeEmpty();
        (await later.Open($"{Root(open)}/add")).Address.AbsolutePath.ShouldBe(Root(open));
    }

    [Fact]
    public async Task Somebody_who_may_only_read_changes_nothing()
    {
        var id = await Built();
        using var auditor = await OfficerPages("auditor");
        var overview = await auditor.Open(Root(id));

        var refused = await auditor.Submit(overview, button: "Duplicate question 1");

        refused.Errors.ShouldNotBeEmpty();
        (await auditor.Open($"{Root(id)}/question?code=q1")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Version(id)).ShouldBe(1);
    }

    [Fact]
    public async Task The_preview_shows_each_page_as_the_public_sees_it_and_says_its_routing()
    {
        var id = await Built();
        var start = await officer.Open((await officer.Open(Root(id))).Link("Preview as the public sees it"));

        var first = await officer.Open(start.Link("Start now"));
        first.Heading.ShouldBe("You");
        first.Main.ShouldContain("Preview: the next question is shown only if “Do you use it?” is answered “Yes”.");
        first.Document.QuerySelectorAll("main input[type=radio]").Length.ShouldBe(2);
        var second = await officer.Open(first.Link("Continue"));
        second.Heading.ShouldContain("Your postcode?");
        second.Link("End of the preview").ShouldBe(Root(id));
        second.Document.QuerySelectorAll("main form").ShouldBeEmpty("nothing can be sent");
        (await officer.Open($"{Root(id)}/preview?part=3")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Root(Guid id) => $"/admin/consultations/{id}/questionnaire";

    private async Task<Guid> Built()
    {
        var id = await Drafted();
        await Send(new ReviseQuestionnaire(
            new ConsultationId(id),
            new QuestionnaireContent(
            [
                new("You", [
                    new Question("q1", QuestionType.Single, "Do you use it?", Options: [new("yes", "Yes"), new("no", "No")]),
                    new Question("q2", QuestionType.LongText, "What for?", ShowWhen: new([new("q1", ConditionTest.AnyOf, ["yes"])])),
                ]),
                new("More", [new Question("q3", QuestionType.ShortText, "Your postcode?")]),
            ]),
            null));
        return id;
    }

    private async Task<QuestionnaireContent> Stored(Guid id) => (await Send(new ShowQuestionnaire(new ConsultationId(id)))).Content;

    private async Task<int> Version(Guid id) => (await Send(new ShowQuestionnaire(new ConsultationId(id)))).Version;

    private async Task<string> Order(Guid id) =>
        string.Join(" | ", (await Stored(id)).Pages.Select(p => string.Join(' ', p.Questions.Select(q => q.Code))));
}
