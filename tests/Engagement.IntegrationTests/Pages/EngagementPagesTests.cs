using System.Net;
using Engagement.Access.Application;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.Teams;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Pages;

/// <summary>The plan of an engagement as officers write, judge and run it in a browser without scripts.</summary>
public sealed class EngagementPagesTests : IntegrationTest
{
    [Fact]
    public async Task A_plan_is_written_step_by_step_submitted_reviewed_and_approved_by_others()
    {
        using var author = await OfficerPages("officer");
        using var approver = await OfficerPages("approver");

        var page = await author.Submit(await author.Open("/admin/engagements/new"), button: "Start");
        page.Title.ShouldStartWith("Error: Start a new engagement");
        page.Errors.ShouldBe(["Enter a title", "Enter a summary in plain language", "Enter the department"]);

        page = await author.Submit(page, Form(("Title", "A playground for Wigston"), ("Summary", "Where should it stand?"), ("Department", "Environment")), "Start");
        page.Done.ShouldBe("ENG-2026-0001 is in the register.");
        page.Heading.ShouldBe("Overview");
        page.Main.ShouldContain("It becomes a plan when somebody leads it");
        Tasks(page, "Cannot start yet").ShouldBe(["Success criteria", "Methods", "Check the plan and submit it", "Reviews", "Approval"]);
        page.Document.QuerySelectorAll(".govuk-task-list__item:has(.govuk-task-list__status--cannot-start-yet) a").ShouldBeEmpty();
        var root = page.Address.AbsolutePath;

        page = await author.Submit(await author.Open($"{root}/lead"), button: "I lead it");
        page.Done.ShouldBe("You lead this engagement now.");
        await Step(author, $"{root}/level", ("Level", "Involve"), ("Statutory", "false"));
        await Step(
            author, $"{root}/about", ("Purpose", "To learn what children like"), ("DecisionToInform", "Where it stands"), ("WhatCanChange", "The place"), ("WhatCannotChange", "The budget"));
        await Step(author, $"{root}/areas/new", ("Name", "Wigston"), ("Code", "e07000135"));
        await Step(author, $"{root}/groups/new", ("Name", "Families in Wigston"), ("Audience", "Residents"), ("ReachAimedAt", "1,200"), ("PopulationSharePercent", "12.5"));
        await Step(author, $"{root}/criteria/new", ("Outcome", "Families are heard"), ("TargetGroups", "families-in-wigston"), ("Measure", "Completed responses"), ("TargetValue", "300"), ("Unit", "responses"));
        await Step(author, $"{root}/methods/new", ("Type", "Workshop"), ("Approach", "Qualitative"));
        await Step(
            author, $"{root}/inclusion", ("Formats", "Web\nPrint"), ("Languages", "English\r\nGujarati"), ("Places", "Wigston library"), ("DigitalNeeds", "Most families have a phone"));
        await Step(author, $"{root}/publicity/new", ("Medium", "Poster"), ("Description", "At the school"));
        await Step(author, $"{root}/publicity/new", ("Medium", "Website"), ("Description", "Our page"), ("From.Day", "11"), ("From.Month", "1"), ("From.Year", "2027"));
        await Step(
            author, $"{root}/equality", ("Outcome", "NoFullAssessmentNeeded"), ("ScreenedOn.Day", "2"), ("ScreenedOn.Month", "November"), ("ScreenedOn.Year", "2026"), ("ScreenedBy", "Equalities team"));
        await Step(
            author, $"{root}/period", ("OpensOn.Day", "11"), ("OpensOn.Month", "1"), ("OpensOn.Year", "2027"), ("LastDay.Day", "7"), ("LastDay.Month", "3"), ("LastDay.Year", "2027"));
        await Step(
            author, $"{root}/governance/new", ("Body", "Cabinet"), ("Date.Day", "18"), ("Date.Month", "5"), ("Date.Year", "2027"), ("Purpose", "Decide"), ("IsDecision", "true"));

        page = await author.Open(root);
        page.Main.ShouldContain("12 of 15 tasks are completed");
        Tasks(page, "Completed").Count.ShouldBe(12);
        page.Document.QuerySelectorAll(".govuk-task-list .govuk-tag").Select(ShownPage.Words).ShouldBe(["Not yet started"]);
        page.Main.ShouldContain("The plan is complete. Submit it");
        var stored = await Send(new GetEngagement(IdOf(root)));
        stored.TargetGroups.Single().ShouldBe(new TargetGroup { Key = "families-in-wigston", Name = "Families in Wigston", Audience = Audience.Residents, ReachAimedAt = 1200, PopulationSharePercent = 12.5m });
        stored.Areas.Single().Code.ShouldBe("E07000135");
        stored.InclusionPlan!.Languages.ShouldBe(["English", "Gujarati"]);
        stored.GovernanceDates.Single().IsDecision.ShouldBeTrue();

        page = await author.Submit(await author.Open($"{root}/readiness"), button: "Submit the plan for review");
        page.Done.ShouldNotBeNull();
        page.Main.ShouldContain("The plan is in review.");
        await Judged(author, approver, root);
    }

    [Fact]
    public async Task Whoever_comes_too_late_is_told_who_was_first_and_when_keeps_what_they_typed_and_overwrites_nothing()
    {
        var (sam, _) = await OfficerNamed("Sam Patel");
        using var first = sam;
        using var second = await OfficerPages("officer");
        var created = await Send(new CreateEngagement(SamplePlan.Complete));
        var address = $"/admin/engagements/{created.Id}/about";
        var opened = await second.Open(address);

        Clock.Advance(TimeSpan.FromMinutes(102));
        await Step(first, address, ("Purpose", "Sam's purpose"));
        var page = await second.Submit(opened, Form(("Purpose", "My purpose")), "Save");

        page.Title.ShouldStartWith("Error: ");
        page.Errors.Single().ShouldStartWith("Sam Patel changed this at 10:42am. Nothing was saved.");
        page.Main.ShouldContain("Sam's purpose");
        page.Value("Purpose").ShouldBe("My purpose");
        (await Send(new GetEngagement(created.Id))).Purpose.ShouldBe("Sam's purpose");

        page = await second.Submit(page, button: "Save");
        page.Done.ShouldBe("What it is about is saved.");
        (await Send(new GetEngagement(created.Id))).Purpose.ShouldBe("My purpose");
    }

    [Fact]
    public async Task Lists_change_one_item_at_a_time_and_what_others_need_stays()
    {
        using var officer = await OfficerPages("officer");
        var created = await Send(new CreateEngagement(SamplePlan.Complete));
        var root = $"/admin/engagements/{created.Id}";

        var page = await officer.Open($"{root}/groups");
        page.Main.ShouldContain("People over 75");
        page = await officer.Open($"{root}/groups/2/remove");
        page.Main.ShouldContain("cannot be removed yet");
        page.Main.ShouldContain("Method: Focus group");

        page = await officer.Submit(await officer.Open($"{root}/methods/2/remove"), button: "Remove it");
        page.Done.ShouldBe("The method is removed.");
        page = await officer.Submit(await officer.Open($"{root}/groups/2/remove"), button: "Remove it");
        page.Done.ShouldBe("The target group is removed.");
        var plan = await Send(new GetEngagement(created.Id));
        plan.TargetGroups.Select(g => g.Key).ShouldBe(["users"]);
        plan.SuccessCriteria.ShouldAllBe(c => c.TargetGroups.Count == 1);

        await Step(officer, $"{root}/groups/1", ("Name", "Everybody who borrows"), ("ReachAimedAt", "950"));
        (await Send(new GetEngagement(created.Id))).TargetGroups.Single().ShouldBe(SamplePlan.Complete.TargetGroups[0] with { Name = "Everybody who borrows", ReachAimedAt = 950 });

        page = await officer.Submit(await officer.Open($"{root}/groups/1"), Form(("ReachAimedAt", "many"), ("Name", "")), "Save");
        page.Errors.ShouldBe(["Enter the target group's name", "The number of people to reach must be a whole number, such as 120."]);
        page.Value("ReachAimedAt").ShouldBe("many");
        foreach (var gone in new[] { "groups/2", "groups/0", "groups/x", "criteria/9/remove", "nothing", "nothing/1/remove" })
        {
            (await officer.Open($"{root}/{gone}")).Status.ShouldBe(HttpStatusCode.NotFound, gone);
        }

        (await officer.Open($"/admin/engagements/{EngagementId.New()}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_an_officer_may_not_do_is_explained_and_refused()
    {
        using var member = await OfficerPages("member");
        var (newcomer, newcomerId) = await OfficerNamed("New Comer", "member");
        using var nobody = newcomer;
        await AsAdministrator($"delete from access.assignment where officer_id = '{newcomerId}'");
        var (author, authorId) = await OfficerNamed("Ada Writer", "officer", "approver");
        using var both = author;
        var created = await App.SendAsync(new CreateEngagement(SamplePlan.Complete), new Actor(ActorKind.Officer, authorId), ["engagements:write"]);
        await Send(new SubmitPlan(created.Id));
        var root = $"/admin/engagements/{created.Id}";

        (await member.Open(root)).Main.ShouldContain("Changing it needs the role officer");
        var page = await member.Open($"{root}/about");
        page.Main.ShouldContain("Changing it needs the role officer");
        page.Main.ShouldContain(SamplePlan.Complete.Purpose!);
        page.Document.QuerySelectorAll("main form").ShouldBeEmpty();
        (await member.Open("/admin/engagements/new")).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await both.Open($"{root}/readiness")).Main.ShouldContain("You wrote part of this plan, so a colleague must review and approve it.");
        page = await both.Open($"{root}/approve");
        page.Main.ShouldContain("You wrote part of this plan");
        page.Document.QuerySelectorAll("main form").ShouldBeEmpty();

        (await nobody.Open("/admin")).Main.ShouldContain("Ask an administrator for the role");
        (await nobody.Open("/admin/engagements")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_engagement_that_informs_is_run_scored_and_evaluated_and_its_story_told()
    {
        using var officer = await OfficerPages("officer");
        var id = await ApprovedEngagement(SamplePlan.InformOnly);
        var root = $"/admin/engagements/{id}";

        var page = await officer.Submit(await officer.Open($"{root}/activities/new"), Form(("Reach", "x")), "Record the activity");
        page.Errors.ShouldBe(
            ["Enter what was done", "Choose a medium", "The date is missing. Enter a day, month and year.", "The number of people reached must be a whole number, such as 120.", "Enter how the reach was counted"]);
        page = await officer.Submit(
            page,
            Form(
                ("Title", "Leaflets to all stops"), ("Medium", "Leaflet"), ("HeldOn.Day", "24"), ("HeldOn.Month", "11"), ("HeldOn.Year", "2026"), ("Reach", "2,400"), ("ReachMeasure", "Leaflets taken")),
            "Record the activity");
        page.Errors.Single().ShouldContain("is still to come");
        page = await officer.Submit(page, Form(("HeldOn.Day", "23")), "Record the activity");
        page.Done.ShouldBe("The activity is recorded.");
        page.Main.ShouldContain("2,400");

        page = await officer.Submit(await officer.Open($"{root}/evaluate"), Form(("Lessons", "Begin earlier")), "End with these lessons");
        page.Errors.Count.ShouldBe(3);
        foreach (var criterion in new[] { "heard", "no-help-refused" })
        {
            page = await officer.Submit(
                await officer.Open($"{root}/scores/{criterion}"),
                Form(("MeasuredValue", "410.5"), ("MeasuredOn.Day", "23"), ("MeasuredOn.Month", "11"), ("MeasuredOn.Year", "2026")), "Save");
            page.Done.ShouldBe("What was measured is saved.");
        }

        page.Main.ShouldContain("Not met");
        page = await officer.Submit(await officer.Open($"{root}/evaluate"), Form(("Lessons", "Begin earlier")), "End with these lessons");
        page.Main.ShouldContain("Begin earlier");
        (await officer.Open($"{root}/cancel")).Main.ShouldContain("can no longer be cancelled");
        page = await officer.Open($"{root}/about");
        page.Main.ShouldContain("The plan can no longer be changed");

        var titles = (await officer.Open($"{root}/timeline")).Document.QuerySelectorAll(".moj-timeline__title").Select(ShownPage.Words).ToList();
        titles[0].ShouldBe("Engagement evaluated");
        titles.ShouldContain("Activity recorded: Leaflets to all stops, which reached 2,400 people");
        titles[^1].ShouldBe("Engagement ENG-2026-0001 created");
    }

    [Fact]
    public async Task A_plan_is_waived_cancelled_and_copied()
    {
        using var officer = await OfficerPages("officer");
        using var approver = await OfficerPages("approver");
        var created = await Send(new CreateEngagement(SamplePlan.Complete with { Areas = [] }));
        var root = $"/admin/engagements/{created.Id}";

        (await officer.Open($"{root}/readiness")).Main.ShouldContain("No area is named.");
        var page = await approver.Submit(await approver.Open($"{root}/waive/areas"), button: "Waive the check");
        page.Errors.ShouldBe(["Enter why the check may be waived"]);
        page = await approver.Submit(page, Form(("Reason", "It concerns the whole county")), "Waive the check");
        page.Main.ShouldContain("It concerns the whole county (waived by approver)");
        (await approver.Open($"{root}/waive/areas")).Main.ShouldContain("nothing to waive");
        (await approver.Open($"{root}/waive/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);

        page = await officer.Submit(await officer.Open($"{root}/copy"), button: "Copy the plan");
        page.Errors.ShouldBe(["Enter a title for the new engagement"]);
        page = await officer.Submit(await officer.Open($"{root}/areas/new"), button: "Save");
        page.Errors.ShouldBe(["Enter the area's name"]);
        page = await officer.Submit(await officer.Open($"{root}/copy"), Form(("Title", "Libraries, once more")), "Copy the plan");
        page.Done.ShouldBe("ENG-2026-0002 begins with the plan of ENG-2026-0001.");

        page = await officer.Submit(await officer.Open($"{root}/cancel"), button: "Cancel the engagement");
        page.Errors.ShouldBe(["Enter the reason that the public is told"]);
        page = await officer.Submit(page, Form(("PublicReason", "The money is gone")), "Cancel the engagement");
        page.Main.ShouldContain("The public is told: The money is gone");
        (await Send(new GetEngagement(created.Id))).State.ShouldBe(EngagementState.Cancelled);
    }

    [Fact]
    public async Task The_register_is_filtered_sorted_and_paged_by_its_address()
    {
        var (browser, _) = await OfficerNamed("Lindiwe Marsh", "officer");
        using var officer = browser;
        (await officer.Open("/admin/engagements")).Main.ShouldContain("Nothing is in the register yet");
        await Send(new CreateEngagement(SamplePlan.Complete with { LeadOfficer = new LeadOfficer { Name = "Lindiwe Marsh", Email = "LINDIWE.MARSH@example.org" } }));
        for (var n = 1; n <= SearchEngagements.PageSize; n++)
        {
            await Send(new CreateEngagement(new EngagementPlan { Title = $"Park {n:00}", Summary = "About a park", Department = "Environment & parks" }));
        }

        var page = await officer.Open("/admin/engagements");
        page.Main.ShouldContain("26 engagements, page 1 of 2");
        (await officer.Open("/admin/engagements?page=2")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(1);

        page = await officer.Submit(page, Form(("Words", "library"), ("State", "Planning\nIdea")), "Apply filters");
        page.Main.ShouldContain("1 engagement");
        Tags(page).ShouldBe(["library", "Idea", "Planning"], ignoreOrder: true);
        page = await officer.Open(page.Document.QuerySelectorAll("a.moj-filter__tag").Single(a => a.TextContent.Contains("library", StringComparison.Ordinal)).GetAttribute("href")!);
        page.Main.ShouldContain("26 engagements");
        Tags(page).ShouldBe(["Idea", "Planning"], ignoreOrder: true);

        page = await officer.Open("/admin/engagements?Mine=true");
        page.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        page = await officer.Open("/admin/engagements?sort=-title&Department=Environment+%26+parks");
        page.Document.QuerySelector("th[aria-sort=descending]")!.TextContent.ShouldContain("Engagement");
        ShownPage.Words(page.Document.QuerySelector("tbody tr a")!).ShouldBe("Park 25");
        page = await officer.Open("/admin/engagements?Level=99&State=nonsense&page=x&sort=drop&Statutory=perhaps");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Main.ShouldContain("26 engagements");
        (await officer.Open("/admin/engagements?Words=zebra")).Main.ShouldContain("No engagement fits all of these filters");
        (await officer.Open($"/admin/engagements?Words={new string('x', 300)}")).Errors.ShouldBe(["The search must be 200 characters or fewer"]);
    }

    [Fact]
    public async Task An_engagement_is_given_to_teams_and_whoever_writes_for_one_team_alone_sees_it_among_their_work()
    {
        var parks = await Send(new CreateTeam("Parks", "Environment"));
        var roads = await Send(new CreateTeam("Roads", "Highways"));
        var gardener = await Send(new CreateOfficer("gardener@example.org", "Gardener", [], MustChangePassword: false, [new RoleGiven("officer", parks)]));
        using var placed = await App.PagesOfAsync(gardener.Id);
        using var officer = await OfficerPages("officer");
        var page = await officer.Submit(
            await officer.Open("/admin/engagements/new"),
            Form(("Title", "A playground"), ("Summary", "Where should it stand?"), ("Department", "Environment"), ("Chosen", roads.ToString())), "Start");
        var root = page.Address.AbsolutePath;
        await Send(new EditPlan(IdOf(root), SamplePlan.Complete with { Title = "A playground", Areas = [] }, 1));

        (await placed.Open("/admin")).Main.ShouldContain("Nothing waits for you.");
        page = await placed.Open($"{root}/about");
        page = await placed.Submit(page, Form(("Purpose", "Mine")), "Save");
        page.Errors.ShouldNotBeEmpty();

        page = await officer.Submit(await officer.Open($"{root}/teams"), Form(("Chosen", parks.ToString())), "Save");
        page.Done.ShouldBe("The engagement belongs to these teams now.");
        (await placed.Open("/admin")).Main.ShouldContain("Complete the plan");
        await Step(placed, $"{root}/about", ("Purpose", "Mine"));
        page = await placed.Submit(await placed.Open($"{root}/teams"), Form(("Chosen", roads.ToString())), "Save");
        page.Errors.Single().ShouldContain("must stay with one of your teams");
        (await officer.Open($"/admin/engagements?Team={parks}")).Main.ShouldContain("1 engagement");
        (await officer.Open($"/admin/engagements?Team={roads}")).Main.ShouldContain("No engagements");
    }

    private async Task Judged(PageClient author, PageClient approver, string root)
    {
        (await author.Open($"{root}/review")).Main.ShouldContain("need the role approver");
        var page = await approver.Submit(await approver.Open($"{root}/review"), Form(("Kind", "Policy"), ("Verdict", "ChangesNeeded")), "Record the review");
        page.Errors.ShouldBe(["Enter which changes are needed"]);
        foreach (var kind in new[] { "Policy", "Equalities", "Communications" })
        {
            page = await approver.Submit(await approver.Open($"{root}/review"), Form(("Kind", kind), ("Verdict", "Approve")), "Record the review");
            page.Done.ShouldBe($"The review for {kind.ToLowerInvariant()} is recorded.");
        }

        page = await approver.Open($"{root}/approve");
        page.Main.ShouldContain("18 passed, 0 waived, 0 failed");
        page.Document.QuerySelectorAll("dd").Select(ShownPage.Words).ShouldContain("officer");
        var version = (await Send(new GetEngagement(IdOf(root)))).PlanVersion;
        page = await approver.Submit(page, button: $"Approve version {version}");
        page.Done.ShouldBe($"Version {version} of the plan is approved.");
        (await approver.Open($"{root}/approve")).Main.ShouldContain("approved already, by approver");
        (await author.Open($"{root}/about")).Main.ShouldContain("If you change the plan, it goes back to planning");
    }

    private async Task<EngagementId> ApprovedEngagement(EngagementPlan plan)
    {
        var created = await Send(new CreateEngagement(plan));
        await Send(new SubmitPlan(created.Id));
        var approver = new Actor(ActorKind.Officer, Guid.CreateVersion7().ToString());
        foreach (var kind in Enum.GetValues<ReviewKind>())
        {
            await App.SendAsync(new ReviewPlan(created.Id, kind, ReviewVerdict.Approve, null, 1), approver, ["engagements:approve"]);
        }

        await App.SendAsync(new ApproveEngagement(created.Id, 1), approver, ["engagements:approve"]);
        return created.Id;
    }

    private async Task<(PageClient Browser, string Id)> OfficerNamed(string name, params string[] roles)
    {
        var officer = await Send(new CreateOfficer($"{name.Replace(' ', '.').ToLowerInvariant()}@example.org", name, roles.Length == 0 ? ["officer"] : roles, MustChangePassword: false));
        return (await App.PagesOfAsync(officer.Id), officer.Id.ToString());
    }

    private static async Task Step(PageClient browser, string address, params (string Name, string? Value)[] fields)
    {
        var page = await browser.Submit(await browser.Open(address), Form(fields), "Save");
        page.Errors.ShouldBeEmpty(address);
        page.Done.ShouldNotBeNull(address);
    }

    private static Dictionary<string, string?> Form(params (string Name, string? Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    private static EngagementId IdOf(string root) => EngagementId.From(Guid.Parse(root.Split('/')[^1]));

    /// <summary>Titles of the tasks with a status.</summary>
    private static List<string> Tasks(ShownPage page, string status) =>
    [
        .. page.Document.QuerySelectorAll(".govuk-task-list__item").Where(i => ShownPage.Words(i.QuerySelector(".govuk-task-list__status")!) == status)
            .Select(i => ShownPage.Words(i.QuerySelector(".govuk-task-list__name-and-hint")!.FirstElementChild!)),
    ];

    private static List<string> Tags(ShownPage page) =>
        [.. page.Document.QuerySelectorAll("a.moj-filter__tag").Select(a => ShownPage.Words(a).Replace("Remove this filter ", "", StringComparison.Ordinal))];
}
