using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Work;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Platform.Operations;
using Engagement.Platform.Security;

namespace Engagement.UnitTests.Host.Engagements;

public sealed class WorkListTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly ConsultationId Consultation = ConsultationId.New();

    [Theory]
    [InlineData(-1, WorkUrgency.Overdue)]
    [InlineData(0, WorkUrgency.Today)]
    [InlineData(1, WorkUrgency.ThisWeek)]
    [InlineData(7, WorkUrgency.ThisWeek)]
    [InlineData(8, WorkUrgency.Later)]
    public void What_is_due_comes_by_its_day(int days, WorkUrgency urgency) => WorkList.UrgencyOf(Today.AddDays(days), Today).ShouldBe(urgency);

    [Fact]
    public void What_has_no_day_comes_last()
    {
        WorkList.UrgencyOf(null, Today).ShouldBe(WorkUrgency.AnyTime);
        var work = List(Scopes.All);
        work.Add([new LateResponsesToRule(Consultation, "Libraries", 2, Today)]);
        work.Add(new LoopWork([], [Commitment(-3), Commitment(0)]));

        work.Groups.Select(g => (g.Title, g.Items.Count)).ShouldBe([("Overdue", 1), ("Today", 1), ("No date", 1)]);
    }

    [Fact]
    public void A_plan_in_review_waits_for_an_approver_who_wrote_none_of_it()
    {
        Whats(["engagements:approve"], w => w.Add(Plans(Plan(reviews: [ReviewKind.Legal])))).ShouldBe(["Review the plan"]);
        Whats(["engagements:approve"], w => w.Add(Plans(Plan(failing: 2)))).ShouldBe(["Decide whether to waive what fails"]);
        Whats(["engagements:approve"], w => w.Add(Plans(Plan()))).ShouldBe(["Approve the plan"]);
        Whats(["engagements:approve"], w => w.Add(Plans(Plan() with { MayJudge = false }))).ShouldBeEmpty();
        Whats(["engagements:read", "engagements:write"], w => w.Add(Plans(Plan()))).ShouldBeEmpty();
    }

    [Fact]
    public void A_plan_waits_for_its_lead_officer_by_what_it_lacks()
    {
        Whats(["engagements:write"], w => w.Add(Plans(Mine(EngagementState.Planning, failing: 1)))).ShouldBe(["Complete the plan"]);
        Whats(["engagements:write"], w => w.Add(Plans(Mine(EngagementState.Planning, failing: 0)))).ShouldBe(["Submit the plan"]);
        Whats(["engagements:write"], w => w.Add(Plans(Mine(EngagementState.InReview, failing: 0)))).ShouldBeEmpty();
        Whats(["engagements:write"], w => w.Add(Plans(Mine(EngagementState.FedBack, failing: 0)))).ShouldBe(["Evaluate the engagement"]);
        Whats(["engagements:read"], w => w.Add(Plans(Mine(EngagementState.Planning, failing: 1)))).ShouldBeEmpty();
        Whats(["engagements:write"], w => w.Add(Plans(Mine(EngagementState.Planning, failing: 1) with { IsMine = false }))).ShouldBeEmpty();
    }

    [Fact]
    public void A_consultation_waits_for_a_second_person_and_its_dates_are_told_to_everybody()
    {
        string[] approver = ["consultations:approve"];
        Whats(approver, w => w.Add([Waiting(ConsultationWaitsFor.Approval)])).ShouldBe(["Approve the consultation"]);
        Whats(approver, w => w.Add([Waiting(ConsultationWaitsFor.Approval) with { IsOwn = true }])).ShouldBeEmpty();
        Whats(approver, w => w.Add([Waiting(ConsultationWaitsFor.ApprovalOfExtension)])).ShouldBe(["Approve a later deadline"]);
        Whats(approver, w => w.Add([Waiting(ConsultationWaitsFor.Scheduling)])).ShouldBeEmpty();
        Whats(["consultations:write"], w => w.Add([Waiting(ConsultationWaitsFor.Scheduling)])).ShouldBe(["Finish the consultation and put it forward"]);
        Whats([], w => w.Add([Waiting(ConsultationWaitsFor.Opening)])).ShouldBe(["Opens"]);
        Whats([], w => w.Add([Waiting(ConsultationWaitsFor.Closing)])).ShouldBe(["Closes"]);
        Whats(["consultations:write"], w => w.Add([Waiting(ConsultationWaitsFor.MovedDates)])).ShouldBe(["Look at dates that have moved"]);
        Whats(["consultations:write"], w => w.Add([Waiting(ConsultationWaitsFor.UnlawfulDates)])).ShouldBe(["Mend dates that are no longer lawful"]);
        Whats(approver, w => w.Add([Waiting(ConsultationWaitsFor.MovedDates)])).ShouldBeEmpty();
        Whats([], w => w.Add([Waiting(ConsultationWaitsFor.MidPointReview)])).ShouldBeEmpty();
        Whats(["consultations:write"], w => w.Add([Waiting(ConsultationWaitsFor.MidPointReview)])).ShouldBe(["Record the mid-point review"]);
    }

    [Fact]
    public void What_closes_at_midnight_is_due_on_the_day_before()
    {
        var work = List([]);
        work.Add([Waiting(ConsultationWaitsFor.Closing) with { At = UkTime.StartOf(Today.AddDays(1)) }]);

        work.Groups.Single().Urgency.ShouldBe(WorkUrgency.Today);
    }

    [Fact]
    public void A_loop_asks_for_the_next_step_and_for_the_outcome_four_weeks_ahead()
    {
        string[] officer = ["outcomes:write"];
        Whats(officer, w => w.Add(Loop(Open() with { IsCoded = false }))).ShouldBe(["Code the responses"]);
        Whats(officer, w => w.Add(Loop(Open() with { IsDecided = false }))).ShouldBe(["Record the decision"]);
        Whats(officer, w => w.Add(Loop(Open() with { DueOn = Today.AddDays(28) }))).ShouldBe(["Publish the outcome"]);
        Whats(officer, w => w.Add(Loop(Open() with { DueOn = Today.AddDays(29) }))).ShouldBeEmpty();
        Whats(officer, w => w.Add(Loop(Open() with { DueOn = Today.AddDays(29), CandidateQuotations = 3 }))).ShouldBeEmpty();
        Whats(["outcomes:approve"], w => w.Add(Loop(Open() with { CandidateQuotations = 3 }))).ShouldBe(["Clear 3 quotations"]);
        Whats(["outcomes:read"], w => w.Add(Loop(Open()))).ShouldBeEmpty();
    }

    [Fact]
    public void What_stands_still_in_the_program_is_due_today_and_nothing_is_said_where_nothing_does()
    {
        Whats(Scopes.All, w => w.Add(new Standstills(1, 1_204))).ShouldBe(["Send 1,204 failed messages again", "Try 1 parked event again"]);
        Whats(Scopes.All, w => w.Add(new Standstills(0, 0))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_item_leads_to_a_page_for_officers()
    {
        var work = List(Scopes.All);
        work.Add(Plans(Plan(), Mine(EngagementState.Planning, 1)));
        work.Add([.. Enum.GetValues<ConsultationWaitsFor>().Select(Waiting)]);
        work.Add([new LateResponsesToRule(Consultation, "Libraries", 1, Today)]);
        work.Add(new LoopWork([Open() with { CandidateQuotations = 1 }], [Commitment(2)]));
        work.Add(new Standstills(1, 1));

        var items = work.Groups.SelectMany(g => g.Items).ToList();

        items.Count.ShouldBe(16);
        items.ShouldAllBe(i => i.Address.StartsWith("/admin/") && i.What.Length > 0 && i.Subject.Length > 0);
    }

    private static WorkList List(IEnumerable<string> scopes) => new(scopes.Contains, Today);

    private static List<string> Whats(IEnumerable<string> scopes, Action<WorkList> add)
    {
        var work = List(scopes);
        add(work);
        return [.. work.Groups.SelectMany(g => g.Items).Select(i => i.What)];
    }

    private static PlanWork Plans(params WaitingPlan[] plans) => new(plans, new HashSet<EngagementId>(), new HashSet<ConsultationId>());

    private static WaitingPlan Plan(IReadOnlyList<ReviewKind>? reviews = null, int failing = 0) =>
        new(EngagementId.New(), "ENG-2026-0001", "Libraries", EngagementState.InReview, IsMine: false, MayJudge: true, reviews ?? [], failing, Today.AddDays(30));

    private static WaitingPlan Mine(EngagementState state, int failing) => Plan(failing: failing) with { State = state, IsMine = true, MayJudge = false };

    private static WaitingConsultation Waiting(ConsultationWaitsFor what) =>
        new(Consultation, EngagementId.New(), "Libraries", what, new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero), IsOwn: false);

    private static LoopWork Loop(OpenLoop open) => new([open], []);

    private static OpenLoop Open() => new(Consultation, "Libraries", Today, 120, 40, IsCoded: true, IsDecided: true, IsPublished: false, CandidateQuotations: 0);

    private static CommitmentDue Commitment(int days) => new(CommitmentId.New(), Consultation, "Libraries", "New stops", "Library service", Today.AddDays(days));
}
