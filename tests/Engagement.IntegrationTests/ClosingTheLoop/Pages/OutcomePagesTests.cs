using System.Globalization;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Engagement.IntegrationTests.ClosingTheLoop.Pages;

public sealed class OutcomePagesTests : LoopPagesTest
{
    /// <summary>The program does not log its statements; here they are counted.</summary>
    protected override void Replace(IServiceCollection services)
    {
        base.Replace(services);
        services.PostConfigure<LoggerFilterOptions>(o => o.Rules.Clear());
    }

    [Fact]
    public async Task From_the_decision_to_the_published_outcome_by_two_officers_and_a_correction()
    {
        var theme = await CodedTheme();
        var (writer, approver) = (await SignedIn(), await SignedIn("approver"));

        var outcome = await writer.Open(At("outcome"));
        outcome.Main.ShouldContain("Not recorded yet");
        outcome.Document.QuerySelectorAll(".app-blocks a").Length.ShouldBe(3);
        (await writer.Submit(await writer.Open(At("decision")), DecisionOf(Today), "Record the decision")).Errors.ShouldHaveSingleItem().ShouldContain("must confirm");
        var recorded = await writer.Submit(await writer.Open(At("decision")), Confirmed(DecisionOf(Today)), "Record the decision");
        recorded.Done.ShouldBe("The decision is recorded.");

        var answer = await writer.Open(At($"outcome/themes/{theme}"));
        answer.Main.ShouldContain("Raised in 1 of 2 responses");
        var saved = await writer.Submit(
            answer, Fields(("Asked", "We asked when."), ("Said", "You said Saturdays."), ("Disposition", "NotAdopted")), "Save the answer");
        saved.Main.ShouldContain("“Saturdays” was not adopted in full and no reason is given. Say why.");
        await writer.Submit(saved, Fields(("Reason", "There is no money.")), "Save the answer");
        (await writer.Submit(await writer.Open(At("outcome/introduction")), button: "Save")).Errors.ShouldBe(["Enter an introduction"]);
        var introduced = await writer.Submit(await writer.Open(At("outcome/introduction")), Fields(("Introduction", "Thank you.")), "Save");
        introduced.Main.ShouldContain("Nothing stands in the way of publication.");
        introduced.Main.ShouldContain("You wrote part of this outcome, so a colleague must publish it.");

        var preview = await approver.Open(At("outcome/preview"));
        preview.Main.ShouldContain("There is no money.");
        preview.Main.ShouldContain("Raised in 1 of 2 responses");
        var publish = await approver.Open(At("outcome/publish"));
        publish.Main.ShouldContain("Nobody left an address");
        (await approver.Submit(publish, button: "Publish")).Errors.ShouldBe(["Read the preview, then confirm that you have read it"]);
        var published = await approver.Submit(publish, Fields(("HasRead", "true")), "Publish");
        published.Done!.ShouldStartWith("Version 1 of the outcome is published.");
        published.Main.ShouldContain("Answered");
        (await Scalar<string>("select payload from platform.outbox where type = 'OutcomePublishedV2'")).ShouldContain("\"closesTheLoop\":true");

        (await approver.Open(At("outcome/publish"))).Main.ShouldContain("Nothing has changed since version 1 was published.");
        await writer.Submit(await writer.Open(At($"outcome/themes/{theme}")), Fields(("Reason", "There is no money this year.")), "Save the answer");
        var correction = await approver.Open(At("outcome/publish"));
        (await approver.Submit(correction, Fields(("HasRead", "true")), "Publish")).Errors.ShouldBe(["Enter what is corrected and why"]);
        (await approver.Submit(correction, Fields(("HasRead", "true"), ("Reason", "The year was missing.")), "Publish")).Main.ShouldContain("The year was missing.");
        (await Scalar<int>("select count(*) from closing_the_loop.outcome_version")).ShouldBe(2);
    }

    [Fact]
    public async Task What_says_only_what_happens_next_stays_open_and_then_late()
    {
        await Respond("Open on Saturdays");
        await Close(new Engagement.Consultations.Contracts.AnswerThreshold(5, null));
        var theme = await AddTheme("Saturdays");
        await Code(new(await Scalar<Guid>("select response_id from participation.v1_responses")), theme);
        await CompleteCoding();
        await Decide();
        var (writer, approver) = (await SignedIn(), await SignedIn("approver"));
        await writer.Submit(await writer.Open(At("outcome/introduction")), Fields(("Introduction", "Thank you."), ("WhatHappensNext", "Cabinet meets in May.")), "Save");

        var publish = await approver.Open(At("outcome/publish"));
        publish.Main.ShouldContain("It says only what happens next.");
        var published = await approver.Submit(publish, Fields(("HasRead", "true")), "Publish");

        published.Done!.ShouldContain("the outcome stays due");
        published.Main.ShouldContain("Published, but the answer is still due");
        (await Scalar<string>("select payload from platform.outbox where type = 'OutcomePublishedV2'")).ShouldContain("\"closesTheLoop\":false");
        Clock.MoveTo(Clock.Now.AddDays(85));
        (await (await SignedIn()).Open(At("outcome"))).Main.ShouldContain("the answer is still owed: it was due on Monday 15 February 2027 and is 1 day late.");
    }

    [Fact]
    public async Task Two_who_answer_different_themes_do_not_disturb_each_other_and_two_at_the_same_one_do()
    {
        await Close();
        var (a, b) = (await AddTheme("A"), await AddTheme("B"));
        var (one, two) = (await SignedIn(), await SignedIn());
        var (first, second, same) = (await one.Open(At($"outcome/themes/{a}")), await two.Open(At($"outcome/themes/{b}")), await two.Open(At($"outcome/themes/{a}")));

        (await one.Submit(first, Fields(("Said", "You said A.")), "Save the answer")).Done.ShouldBe("The answer is saved.");
        (await two.Submit(second, Fields(("Said", "You said B.")), "Save the answer")).Done.ShouldBe("The answer is saved.");
        var refused = await two.Submit(same, Fields(("Said", "You said something else.")), "Save the answer");

        refused.Errors.ShouldHaveSingleItem().ShouldContain("Somebody else has changed this");
        refused.Main.ShouldContain("You said: You said A.");
        refused.Value("Said").ShouldBe("You said something else.");
        (await two.Submit(refused, button: "Save the answer")).Value("Said").ShouldBe("You said something else.");
        (await Outcome()).GetProperty("themes").EnumerateArray().Select(t => t.GetProperty("answer").GetProperty("said").GetString()).ShouldBe(["You said something else.", "You said B."]);
    }

    [Fact]
    public async Task Commitments_are_made_changed_taken_out_and_after_publication_followed_in_public()
    {
        var theme = await CodedTheme();
        await Decide();
        await Write(Answer(theme));
        var (writer, approver) = (await SignedIn(), await SignedIn("approver"));

        var form = await writer.Open(At("commitments/new"));
        (await writer.Submit(form, button: "Save")).Errors.ShouldHaveSingleItem().ShouldContain("due date");
        (await writer.Submit(form, Promise("Count visitors", Today.AddDays(-1)), "Save")).Errors.ShouldHaveSingleItem().ShouldContain("has passed");
        var list = await writer.Submit(form, Promise("Count visitors", Today), "Save");
        list.Main.ShouldContain("Draft");
        await writer.Submit(await writer.Open(At("commitments/new")), Promise("Paint the door", Today.AddDays(9)), "Save");
        var second = await writer.Open(At($"commitments/{await Scalar<Guid>("select id from closing_the_loop.commitment where text = 'Paint the door'")}"));
        (await writer.Submit(second, button: "Take it out")).Main.ShouldNotContain("Paint the door");

        await approver.Submit(await approver.Open(At("outcome/publish")), Fields(("HasRead", "true")), "Publish");
        Clock.MoveTo(Clock.Now.AddDays(1));
        writer = await SignedIn();
        var id = await Scalar<Guid>("select id from closing_the_loop.commitment");
        (await writer.Open(At("commitments"))).Main.ShouldContain("Late");
        (await writer.Open(At($"commitments/{id}"))).Main.ShouldNotContain("Take it out");
        var progress = await writer.Open(At($"commitments/{id}/progress"));
        (await writer.Submit(progress, button: "Publish the progress")).Errors.ShouldBe(["Select how it is getting on"]);
        (await writer.Submit(progress, Fields(("Status", "Done")), "Publish the progress")).Errors.ShouldBe(["Enter what has been done so far"]);
        (await writer.Submit(progress, Fields(("Status", "Done"), ("Note", "Counted in May.")), "Publish the progress")).Main.ShouldContain("Counted in May.");
    }

    [Fact]
    public async Task The_date_is_moved_by_who_may_with_a_reason_for_the_public()
    {
        await Close();
        var (officer, approver) = (await SignedIn(), await SignedIn("approver"));

        (await officer.Open(At("outcome/due-date"))).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        var form = await approver.Open(At("outcome/due-date"));
        (await approver.Submit(form, Date("DueOn", Today.AddDays(-1)).With("PublicReason", "Late."), "Move the date")).Errors.ShouldHaveSingleItem().ShouldContain("has passed");
        (await approver.Submit(form, Date("DueOn", Today), "Move the date")).Errors.ShouldHaveSingleItem().ShouldContain("Enter why the date is moving");
        var moved = await approver.Submit(form, Date("DueOn", Today).With("PublicReason", "Cabinet meets early."), "Move the date");

        moved.Main.ShouldContain("The date was moved: Cabinet meets early.");
    }

    [Fact]
    public async Task A_decision_that_cannot_have_considered_the_report_is_refused_beside_its_date_with_everything_kept()
    {
        await Close();
        await CompleteCoding();
        var writer = await SignedIn();

        var refused = await writer.Submit(await writer.Open(At("decision")), Confirmed(DecisionOf(Today.AddDays(1))), "Record the decision");

        refused.Title.ShouldStartWith("Error: ");
        refused.Errors.ShouldHaveSingleItem().ShouldContain("has not come yet");
        refused.Value("Minute").ShouldBe("Minute 42");
        refused.Value("DecidedOn.Day").ShouldBe("24");
        (await writer.Submit(refused, Date("DecidedOn", Today), "Record the decision")).Done.ShouldBe("The decision is recorded.");
        var corrected = await writer.Open(At("decision"));
        (await writer.Submit(corrected, Fields(("ConfirmsConsideration", "true")), "Correct the record")).Errors.ShouldBe(["Enter why the record is corrected"]);
    }

    [Fact]
    public async Task No_page_needs_more_than_ten_statements()
    {
        var theme = await CodedTheme();
        await Decide();
        await Write(Answer(theme));
        var response = await Scalar<Guid>("select response_id from closing_the_loop.coded_theme");
        var officer = await SignedIn("administrator");
        string[] paths =
        [
            "responses?Filter.Words=saturday&Filter.Coding=coded", $"responses/{response}", "themes", "themes/new", $"themes/{theme}", "coding", $"coding?Response={response}&Question=q3", "coding/complete",
            "coding/reopen", "results", "results/compare?Rows=q1&Columns=q2", "quotations", $"quotations/propose?Response={response}&Question=q3", $"quotations/withdraw?Response={response}&Question=q3", "export", "decision", "outcome",
            "outcome/introduction", $"outcome/themes/{theme}", "outcome/preview", "outcome/publish", "outcome/due-date", "commitments", "commitments/new",
        ];
        var tooMany = new List<string>();
        foreach (var path in paths)
        {
            await officer.Open(At(path));
            var before = Statements();
            (await officer.Open(At(path))).Status.ShouldBe(System.Net.HttpStatusCode.OK, path);
            if (Statements() - before is var statements and (0 or > 10))
            {
                tooMany.Add($"{path}: {statements}");
            }
        }

        tooMany.ShouldBeEmpty();
    }

    private int Statements() => App.Log.Lines.Count(l => l.Contains("Executed DbCommand", StringComparison.Ordinal));

    private async Task<ThemeId> CodedTheme()
    {
        var (about, other) = (await Respond("Open on Saturdays"), await Respond("Thank you"));
        await Close();
        var theme = await AddTheme("Saturdays");
        await Code(about, theme);
        await Code(other);
        await CompleteCoding();
        return theme;
    }

    private static Dictionary<string, string?> DecisionOf(DateOnly on) => Date("DecidedOn", on)
        .With("Body", "Cabinet").With("Minute", "Minute 42").With("Name", "Alex Okafor").With("Role", "Leader").With("ReportReference", "CAB/26/117").With("Summary", "Open on Saturdays.")
        .With("ReportVersion", "2.1").With("ReportReadOn.Day", "23").With("ReportReadOn.Month", "11").With("ReportReadOn.Year", "2026");

    private static Dictionary<string, string?> Confirmed(Dictionary<string, string?> decision) => decision.With("ConfirmsConsideration", "true");

    private static Dictionary<string, string?> Promise(string text, DateOnly dueOn) => Date("DueOn", dueOn).With("Promise", text).With("Owner", "Head of Libraries");

    private static Dictionary<string, string?> Date(string field, DateOnly date) => Fields(
        ($"{field}.Day", date.Day.ToString(CultureInfo.InvariantCulture)), ($"{field}.Month", date.Month.ToString(CultureInfo.InvariantCulture)), ($"{field}.Year", date.Year.ToString(CultureInfo.InvariantCulture)));
}

file static class FieldsOfForms
{
    public static Dictionary<string, string?> With(this Dictionary<string, string?> fields, string name, string value)
    {
        fields[name] = value;
        return fields;
    }
}
