using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.TestKit.Demo;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>The questionnaire builder, each page empty, filled and refused.</summary>
[Collection(BrowserTests.Name)]
public sealed class QuestionnaireBuilderPagesTests(Browser browser, LoadedCouncil council) : IClassFixture<LoadedCouncil>
{
    [Fact]
    public async Task Every_page_of_the_builder_can_be_used_by_everybody()
    {
        await using var context = await SignedIn();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        var (open, draft) = await Consultations();

        await page.GotoAsync($"{council.Program.Address}admin/consultations/{open}/questionnaire");
        await audit.Check("builder-frozen");
        await page.GotoAsync(Root(draft));
        await audit.Check("builder-empty");
        await page.GotoAsync($"{Root(draft)}/add");
        await audit.Check("builder-add-first");
        await council.Program.SendAsync(new ReviseQuestionnaire(draft, Content, null));

        await page.GotoAsync(Root(draft));
        await audit.Check("builder");
        foreach (var (name, part) in new[]
        {
            ("add", "add"), ("texts", "texts"), ("page", "page?part=2"), ("question-single", "question?code=q1"), ("question-multiple", "question?code=q2"),
            ("question-scale", "question?code=q3"), ("question-number", "question?code=q4"), ("question-date", "question?code=q5"), ("question-long", "question?code=q6"),
            ("condition", "condition?question=q6"), ("condition-term", "condition?question=q6&on=q2"), ("condition-none", "condition?question=q1"),
            ("fact-new", "fact?question=q6"), ("fact", "fact?question=q6&number=1"), ("exit-choose", "exit?part=1"), ("exit-new", "exit?part=1&on=q1"),
            ("exit", "exit?part=1&number=1"), ("delete", "delete?question=q6"), ("delete-page", "delete?part=2"),
            ("preview", "preview"), ("preview-1", "preview?part=1"), ("preview-2", "preview?part=2"),
        })
        {
            await page.GotoAsync($"{Root(draft)}/{part}");
            await audit.Check($"builder-{name}");
        }

        await Refused("add", "Continue", null);
        await Refused("question?code=q1", "Save question", "#Form_Text");
        await Refused("page?part=1", "Save page", "#Title");
        await Refused("fact?question=q6&number=1", "Save fact", "#Title");
        await Refused("exit?part=1&on=q1", "Save exit", null);
        await Refused("condition?question=q6&on=q2", "Add condition", null);
        await Refused("delete?question=q2", "Delete", null);
        await page.GotoAsync(Root(draft));
        await page.GetByRole(AriaRole.Button, new() { Name = "Move down question 3", Exact = true }).ClickAsync();
        await page.GetByText("“How content are you?” has moved down").WaitForAsync();
        (await page.EvaluateAsync<string>("document.activeElement.value")).ShouldBe("down:q3", "the keyboard goes on where it was");
        await audit.Check("builder-moved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move up question 2", Exact = true }).ClickAsync();
        await page.Locator(".govuk-error-summary").WaitForAsync();
        await audit.Check("builder-refused", hasErrors: true);

        async Task Refused(string part, string button, string? emptied)
        {
            await page.GotoAsync($"{Root(draft)}/{part}");
            if (emptied is not null)
            {
                await page.FillAsync(emptied, "");
            }

            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await audit.Check($"builder-{part.Split('?')[0]}-refused", hasErrors: true);
        }
    }

    private static readonly QuestionnaireContent Content = new(
        [
            new(
                "You and the library",
                [
                    new Question("q1", QuestionType.Single, "Do you use the library?", Required: true, Options: [new("yes", "Yes"), new("no", "No")]),
                    new Question(
                        "q2", QuestionType.Multiple, "On which days?", "Choose as many as you like.", Options: [new("mon", "Monday"), new("sat", "Saturday")],
                        ShowWhen: new([new("q1", ConditionTest.AnyOf, ["yes"])])),
                    new Question("q3", QuestionType.Scale, "How content are you?", Scale: new Scale(1, 5, "Not at all", "Very")),
                    new Question("q4", QuestionType.Number, "How many hours a month?", Minimum: 0, Maximum: 300),
                ],
                "Two minutes.",
                Exits: [new("Thank you", new([new("q1", ConditionTest.AnyOf, ["no"])]), "This is for people who use it.", "Write to us instead.")]),
            new(
                "More",
                [
                    new Question("q5", QuestionType.Date, "When were you last there?", Latest: new DateOnly(2027, 1, 1)),
                    new Question(
                        "q6", QuestionType.LongText, "What should change?", Facts: [new("What the branch costs", "Two pounds a visit.")],
                        ShowWhen: new([new("q1", ConditionTest.AnyOf, ["yes"]), new("q2", ConditionTest.Answered)], ConditionMatch.Any)),
                ],
                ShowWhen: new([new("q1", ConditionTest.Answered)])),
        ],
        "What you tell us helps us to decide.");

    private string Root(ConsultationId id) => $"{council.Program.Address}admin/consultations/{id}/questionnaire";

    private async Task<(ConsultationId Open, ConsultationId Draft)> Consultations()
    {
        var open = new ConsultationId(await council.Value<Guid>("select id from consultations.consultation where status = 'Open' limit 1"));
        var view = await council.Program.SendAsync(new ShowConsultation(open));
        var details = new ConsultationDetails
        {
            Title = "Opening hours of the libraries",
            Summary = "We want to hear when you would come.",
            Opens = new UkMoment(new DateOnly(2027, 4, 5)),
            Closes = new UkMoment(new DateOnly(2027, 6, 30)),
        };
        return (open, (await council.Program.SendAsync(new CreateConsultation(view.EngagementId, details))).Id);
    }

    private async Task<IBrowserContext> SignedIn()
    {
        using var pages = await council.Program.OfficerPagesAsync("administrator");
        var session = pages.Cookies.GetCookies(new Uri(council.Program.Address, "admin")).Single();
        var context = await browser.Chromium.NewContextAsync();
        await context.AddCookiesAsync([new Cookie { Name = session.Name, Value = session.Value, Domain = council.Program.Address.Host, Path = "/admin" }]);
        return context;
    }
}
