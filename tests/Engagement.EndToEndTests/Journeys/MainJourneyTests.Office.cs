namespace Engagement.EndToEndTests.Journeys;

public sealed partial class MainJourneyTests
{
    /// <returns>The address of the engagement's page.</returns>
    private static async Task<string> Plan(Visitor author)
    {
        await author.Open("/admin/engagements/new");
        await author.Fill("Title", "Opening hours of the town library");
        await author.Fill("Summary", "We want to know when you would like the library to be open.");
        await author.Fill("Department", "Adults and Communities");
        await author.Press("Start");
        var engagement = new Uri(author.Page.Url).AbsolutePath;

        await Step("about", async () =>
        {
            await author.Fill("Purpose", "To learn which hours suit the people who use the library.");
            await author.Fill("Decision that it informs", "Which hours the library opens from September 2027.");
            await author.Fill("What people can influence", "The days and the hours.");
            await author.Fill("What is settled, and why", "The budget of 2027, which the council has set.");
        });
        await Step("level", async () =>
        {
            await author.Choose("Consult");
            await author.Choose("No", "Does a law require the council to consult?");
        });
        await Step("lead", async () =>
        {
            await author.Fill("Name", "Sam Okafor");
            await author.Fill("E-mail address", "author@example.org");
        });
        await Step("areas/new", () => author.Fill("Name", "Harborough"));
        await Step("groups/new", async () =>
        {
            await author.Fill("Name", "Library members");
            await author.Select("Audience", "Service users");
            await author.Fill("How many of them should it reach?", "400");
        });
        await Step("criteria/new", async () =>
        {
            await author.Fill("What is better afterwards?", "Members were heard");
            await author.Choose("Library members");
            await author.Fill("What is counted, and how?", "Completed responses of members");
            await author.Choose("At least this value");
            await author.Fill("Value", "100");
            await author.Fill("Unit", "responses");
        });
        await Step("methods/new", async () =>
        {
            await author.Page.GetByLabel("Method", new() { Exact = true }).SelectOptionAsync("Survey");
            await author.Choose("Quantitative: shows what people think");
        });
        await Step("inclusion", async () =>
        {
            await author.Choose("Web");
            await author.Choose("Print");
            await author.Fill("Languages", "English");
            await author.Fill("Places where people can take part or get help in person", "The library");
            await author.Fill("What is known of people’s digital needs", "A third have no internet at home: paper lies at the desk.");
        });
        await Step("publicity/new", async () =>
        {
            await author.Select("Medium", "Website");
            await author.Fill("What is published, and where?", "The consultation's page");
        });
        await Step("publicity/new", async () =>
        {
            await author.Select("Medium", "Poster");
            await author.Fill("What is published, and where?", "At the library's door");
        });
        await Step("equality", async () =>
        {
            await author.Choose("No full assessment is needed");
            await author.FillDate("Screened on", new DateOnly(2026, 11, 2));
            await author.Fill("Screened by", "Equalities officer");
            await author.FillDate("Review by the equalities challenge group on", new DateOnly(2026, 12, 9));
        });
        await Step("period", async () =>
        {
            await author.FillDate("Opens on", FirstDay);
            await author.FillDate("Last day", LastDay);
        });
        await Step("governance/new", async () =>
        {
            await author.Choose("Cabinet");
            await author.FillDate("Date", DecisionDay);
            await author.Fill("What is the body asked to do?", "Decide the hours");
            await author.Choose("The decision is taken on this day");
        });
        await author.Open($"{engagement}/readiness");
        await author.Press("Submit the plan for review");
        return engagement;

        async Task Step(string part, Func<Task> fill)
        {
            await author.Open($"{engagement}/{part}");
            await fill();
            await author.Press("Save");
            (await author.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: $"{part}: {await author.Main()}");
        }
    }

    private static async Task ReviewAndApprove(Visitor approver, string engagement)
    {
        foreach (var kind in new[] { "Policy", "Equalities", "Communications" })
        {
            await approver.Open($"{engagement}/review");
            await approver.Choose(kind);
            await approver.Choose("Approve this version");
            await approver.Press("Record the review");
        }

        await approver.Open($"{engagement}/readiness");
        await approver.ShouldSee("No check fails");
        await approver.Follow("Approve the plan");
        await approver.Page.Locator("main button").First.WaitForAsync();
        await approver.Press(await approver.Page.Locator("main button", new() { HasText = "Approve version" }).InnerTextAsync());
        (await approver.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: await approver.Main());
    }

    private async Task Draft(Visitor author, string engagement)
    {
        await author.Open($"/admin/consultations/new?engagement={engagement.Split('/')[^1]}");
        await author.Fill("Title", "When should the town library open?");
        await author.Fill("Summary in plain words", "We propose new hours for the town library and ask which suit you.");
        await author.FillDate("First day", FirstDay);
        await author.FillDate("Last day", LastDay);
        await author.Press("Draft it");
        consultation = new Uri(author.Page.Url).AbsolutePath;

        await Step("about", "Save", async () =>
        {
            await author.Fill("Why now, and what is not settled yet", "The lease of the library is renewed in September. No hours are settled yet.");
            await author.Fill("Who decides, and when", "The Cabinet, on 18 May 2027");
            await author.Fill("What happens after the closing date", "We report everything that was said to the Cabinet.");
            await author.Fill("How answers count", "This is no referendum. We weigh what you say together with the cost.");
        });
        await Step("people", "Save", async () =>
        {
            await author.Fill("Topics", "libraries");
            await author.Fill("Areas", "Harborough");
            await author.Fill("Audiences", "library members");
        });
        await Step("taking-part", "Save", async () =>
        {
            await author.Fill("How can people respond without the web?", "Paper forms lie in the library.");
            await author.Fill("Whom do people ask for other formats and languages?", "library@example.org");
            await author.Fill("If there is none, why?", "It comes in the second week, with a video.");
        });
        await Step("privacy", "Save", async () =>
        {
            await author.Fill("Privacy notice", "We use your answers to decide the hours and delete them after two years.");
            await author.Fill("Contact for questions about personal data", "Data protection officer, dpo@example.org");
        });
        await BuildQuestionnaire(author);
        await Judge(author, "publication");
        await author.Open($"{consultation}/timetable");
        await author.ShouldSee("Every date, and how it was counted");
        foreach (var reason in await author.Page.GetByLabel("Why do you take this risk?").AllAsync())
        {
            await reason.FocusAsync();
            await author.Page.Keyboard.TypeAsync("The Cabinet has asked for these dates.");
        }

        await author.Press("Put it forward for approval");
        (await author.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: await author.Main());

        async Task Step(string part, string button, Func<Task> fill)
        {
            await author.Open($"{consultation}/{part}");
            await fill();
            await author.Press(button);
            (await author.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: $"{part}: {await author.Main()}");
        }
    }

    private async Task Judge(Visitor author, string stage)
    {
        await author.Open($"{consultation}/evidence/{stage}");
        foreach (var met in await author.Page.GetByLabel("Met", new() { Exact = true }).AllAsync())
        {
            await met.CheckAsync();
        }

        await author.Press("Save the judgements");
        await author.ShouldSee("The judgements are saved.");
    }

    private async Task BuildQuestionnaire(Visitor author)
    {
        await author.Open($"{consultation}/questionnaire/add");
        await author.Choose("One choice");
        await author.Fill("Title of the first page", "You and the library");
        await author.Press("Continue");
        await author.Fill("Question", "Do you use the library now?");
        await author.Fill("Options", "Yes\nNo");
        await author.Choose("Must be answered");
        await author.Press("Save question");

        await author.Open($"{consultation}/questionnaire/add");
        await author.Choose("Long text");
        await author.Choose("A new page at the end");
        await author.Fill("Title of the new page", "Your hours");
        await author.Press("Continue");
        await author.Fill("Question", "Which hours would suit you?");
        await author.Press("Save question");
        await author.Open($"{consultation}/questionnaire");
        await author.ShouldSee("Which hours would suit you?");
    }

    private async Task ApproveConsultation(Visitor approver)
    {
        await approver.Open($"{consultation}/approve");
        await approver.Press("Approve and publish");
        (await approver.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: await approver.Main());
        await approver.Open(consultation);
        await approver.ShouldSee("Scheduled");
        await approver.ShouldSee($"/consultations/{Slug}");
    }

    private async Task Code(Visitor analyst)
    {
        await analyst.Open($"{consultation}/themes");
        await analyst.Follow("Add a theme");
        await analyst.Fill("Name", Theme);
        await analyst.Press("Add the theme");
        await analyst.Open($"{consultation}/coding");
        await analyst.ShouldSee("After six, on weekdays");
        await analyst.Choose($"{Theme} (1)");
        await analyst.Press("Save and next");
        await analyst.Open($"{consultation}/coding/complete");
        await analyst.Press("Declare the coding complete");
        (await analyst.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: await analyst.Main());
    }

    private async Task WriteOutcome(Visitor author)
    {
        await Judge(author, "decision");
        await author.Open($"{consultation}/decision");
        await author.Fill("Who decided", "Cabinet");
        await author.FillDate("When", DecisionDay);
        await author.Fill("Minute or record of the decision", "Minute 12");
        await author.Fill("Report that was considered", "CAB/12");
        await author.Fill("Version of the report that was read", "1.0");
        await author.FillDate("When the decision-maker had read it", DecisionDay);
        await author.Fill("What was decided", "The library opens until 8pm on Thursdays.");
        await author.Fill("Name", "Councillor N. Harcourt");
        await author.Fill("Role", "Lead Member for Communities");
        await author.Choose("They confirm that they read this version of the report and considered it before the decision was made");
        await author.Press("Record the decision");
        (await author.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: await author.Main());
        await author.Open($"{consultation}/outcome/introduction");
        await author.Fill("Introduction", "One answer came in. Thank you.");
        await author.Press("Save");
        await author.Open($"{consultation}/outcome");
        await author.Follow(Theme);
        await author.Fill("We asked", "Which hours would suit you?");
        await author.Fill("You said", "Evenings on weekdays.");
        await author.Choose("Adopted");
        await author.Fill("We did, or will do", "The library stays open until 8pm on Thursdays.");
        await author.Press("Save the answer");
        (await author.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: await author.Main());
    }

    private async Task Publish(Visitor approver)
    {
        await approver.Open($"{consultation}/outcome/publish");
        await approver.Choose("I have read the preview");
        await approver.Press("Publish");
        (await approver.Page.TitleAsync()).ShouldNotStartWith("Error", customMessage: await approver.Main());
    }
}
