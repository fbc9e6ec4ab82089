using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Engagements.Domain;

/// <summary>One exercise of exchanging views with people: its plan and the gate before it may start. The other half of the class follows it once it runs.</summary>
internal sealed partial class EngagementActivity : AggregateRoot
{
    /// <summary>
    /// Fields that may still change once people have been asked, because they serve those people and change nothing that
    /// was said to them: who answers for it, when it is decided, and reaching more people.
    /// </summary>
    private static readonly string[] OpenWhileRunning =
        ["leadOfficer", "governanceDates", "equalityImpactAssessment", "inclusionPlan", "publicityPlan"];

    private EngagementActivity()
    {
    }

    public EngagementId Id { get; private init; }

    public override Guid Identity => Id.Value;

    /// <summary>Such as <c>ENG-2026-0042</c>: the UK year in which it was created and a number that runs within the year.</summary>
    public string Reference { get; private init; } = "";

    public EngagementState State { get; private set; }

    public EngagementPlan Plan { get; private set; } = null!;

    /// <summary>Copy of the plan's, for lists.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Copy of the plan's, for lists.</summary>
    public string Department { get; private set; } = "";

    /// <summary>Copy of the plan's, for lists.</summary>
    public ParticipationLevel? Level { get; private set; }

    /// <summary>Copy of the plan's, for lists.</summary>
    public bool Statutory { get; private set; }

    /// <summary>Copy of the plan's, for lists.</summary>
    public string? LeadName { get; private set; }

    /// <summary>Copy of the plan's in lower case, for the list of what one officer leads.</summary>
    public string? LeadEmail { get; private set; }

    /// <summary>Copy of the first day of the plan's period, for lists.</summary>
    public DateOnly? OpensOn { get; private set; }

    /// <summary>Counts, from 1, the edits that void reviews, waivers and approval. Edits while it runs are not counted.</summary>
    public int PlanVersion { get; private set; }

    /// <summary>Everybody who wrote any part of the plan, as <c>kind:id</c>: none of them may review, waive or approve.</summary>
    public string[] Authors { get; private set; } = [];

    public IReadOnlyList<PlanReview> Reviews { get; private set; } = [];

    public IReadOnlyList<CheckWaiver> Waivers { get; private set; } = [];

    /// <summary>Null while no approval is in force.</summary>
    public PlanApproval? Approval { get; private set; }

    public string? CancellationReason { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Members of the plan, as the API names them, that may change now; null where all may, empty where none may.</summary>
    public IReadOnlyList<string>? ChangeableFields => IsClosed ? [] : IsRunning ? OpenWhileRunning : null;

    public bool IsCancelled => State == EngagementState.Cancelled;

    public bool IsApproved => MayGoAhead(Approval is not null, State);

    /// <param name="hasApproval">An approval is in force.</param>
    public static bool MayGoAhead(bool hasApproval, EngagementState state) => hasApproval && state != EngagementState.Cancelled;

    /// <param name="number">Runs within the UK year of <paramref name="now"/>.</param>
    public static EngagementActivity Create(EngagementId id, int number, EngagementPlan plan, Actor author, DateTimeOffset now)
    {
        var engagement = new EngagementActivity
        {
            Id = id,
            Reference = $"ENG-{UkTime.DateOf(now).Year:0000}-{number:0000}",
            PlanVersion = 1,
            CreatedAt = now,
        };
        engagement.Write(plan, author);
        engagement.State = plan.LeadOfficer is null ? EngagementState.Idea : EngagementState.Planning;
        engagement.Raise(new EngagementCreated(id, engagement.Reference, engagement.State, PlanChange.Between(null, plan), now));
        return engagement;
    }

    /// <summary>
    /// Changes the plan. Before it runs every edit sends the plan back to Planning and voids reviews, waivers and approval:
    /// they were of other content. While it runs only some fields may change. An edit that changes nothing does nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException"><c>plan-is-closed</c>, <c>fixed-while-running</c> or <c>edit-breaks-the-gate</c>.</exception>
    public void Edit(EngagementPlan plan, Actor author, DateTimeOffset now)
    {
        var changes = PlanChange.Between(Plan, plan);
        if (changes.Count == 0)
        {
            return;
        }

        if (IsClosed)
        {
            throw new RuleBrokenException("plan-is-closed", "The plan can no longer be changed: the loop is closed or the engagement is cancelled. Start a new engagement.");
        }

        if (IsRunning)
        {
            EditWhileRunning(plan, changes, author, now);
            return;
        }

        var voided = Approval is not null;
        Write(plan, author);
        PlanVersion++;
        Approval = null;

        // What was measured belongs to the plan that ran: every consultation of it was withdrawn.
        Scores = [];
        State = State == EngagementState.Idea && plan.LeadOfficer is null ? EngagementState.Idea : EngagementState.Planning;
        Raise(new PlanEdited(Id, PlanVersion, State, voided, changes, now));
    }

    /// <exception cref="RuleBrokenException"><c>still-an-idea</c> or <c>not-in-planning</c>.</exception>
    public void Submit(DateTimeOffset now)
    {
        if (State == EngagementState.Idea)
        {
            throw new RuleBrokenException("still-an-idea", "Nobody answers for this idea yet. Name a lead officer, write the plan, then submit it.");
        }

        Require(State == EngagementState.Planning, "not-in-planning", $"Only a plan in Planning is submitted; this engagement is in the state {State}.");
        State = EngagementState.InReview;
        Raise(new PlanSubmitted(Id, PlanVersion, now));
    }

    /// <param name="planVersion">The version that the reviewer read.</param>
    /// <exception cref="ForbiddenException">The reviewer is one of the authors.</exception>
    /// <exception cref="RuleBrokenException"><c>not-in-review</c> or <c>plan-version-not-current</c>.</exception>
    public void Review(ReviewKind kind, ReviewVerdict verdict, string? comment, int planVersion, Actor reviewer, DateTimeOffset now)
    {
        reviewer.MustDifferFrom(Authors, "the plan");
        RequireInReview();
        RequireCurrent(planVersion);
        Reviews = [.. Reviews, new PlanReview(kind, verdict, comment, PlanVersion, reviewer.ToString(), now)];
        Raise(new PlanReviewed(Id, PlanVersion, kind, verdict, comment, now));
    }

    /// <summary>Lets a failing check go for this version of the plan.</summary>
    /// <exception cref="ForbiddenException">The approver is one of the authors.</exception>
    /// <exception cref="RuleBrokenException"><c>no-gate-ahead</c>, <c>plan-version-not-current</c>, <c>check-cannot-be-waived</c> or <c>check-does-not-fail</c>.</exception>
    public void Waive(string check, string reason, int planVersion, Actor approver, DateTimeOffset now)
    {
        approver.MustDifferFrom(Authors, "a waiver for the plan");
        Require(
            State is EngagementState.Planning or EngagementState.InReview,
            "no-gate-ahead",
            $"Checks are waived before approval, in Planning or InReview; this engagement is in the state {State}.");
        RequireCurrent(planVersion);
        var result = Readiness(UkTime.DateOf(now)).SingleOrDefault(c => c.Key == check) ?? throw new NotFoundException("check");
        Require(result.Waivable, "check-cannot-be-waived", $"The check {check} cannot be waived: {result.Remedy ?? "it passes."}");
        Require(result.Status == CheckStatus.Fail, "check-does-not-fail", $"The check {check} does not fail, so there is nothing to waive.");
        Waivers = [.. Waivers, new CheckWaiver(check, reason, PlanVersion, approver.ToString(), now)];
        Raise(new CheckWaived(Id, PlanVersion, check, reason, now));
    }

    /// <summary>Every check of the gate as it stands.</summary>
    /// <param name="today">The UK date.</param>
    public IReadOnlyList<CheckResult> Readiness(DateOnly today) => Examine(Plan, today);

    /// <param name="planVersion">The version that the approver read.</param>
    /// <exception cref="ForbiddenException">The approver is one of the authors.</exception>
    /// <exception cref="RuleBrokenException"><c>not-in-review</c>, <c>plan-version-not-current</c>, or <c>not-ready</c> with each check that fails.</exception>
    public void Approve(int planVersion, Actor approver, DateTimeOffset now)
    {
        approver.MustDifferFrom(Authors, "the plan");
        RequireInReview();
        RequireCurrent(planVersion);
        var checks = Readiness(UkTime.DateOf(now));
        var failing = checks.Where(c => c.Status == CheckStatus.Fail).ToList();
        if (failing.Count > 0)
        {
            throw new RuleBrokenException("not-ready", "The plan is not ready: some checks fail. Mend each, or ask an approver to waive it with a reason.", [.. failing.Select(BreachOf)]);
        }

        State = EngagementState.Approved;
        Approval = new PlanApproval(PlanVersion, approver.ToString(), now);
        Raise(new EngagementApproved(Id, Reference, PlanVersion, [.. checks.Where(c => c.Status == CheckStatus.Waived).Select(c => c.Key)], now));

        // A consultation may have opened under the approval that an edit voided since.
        Follow(now);
    }

    /// <param name="publicReason">Shown to the public; consultations that have not closed are withdrawn with it.</param>
    /// <exception cref="RuleBrokenException"><c>cannot-be-cancelled</c>.</exception>
    public void Cancel(string publicReason, DateTimeOffset now)
    {
        Require(
            !IsClosed,
            "cannot-be-cancelled",
            IsCancelled ? "The engagement is cancelled already." : $"People have been told what became of it: an engagement in the state {State} can no longer be cancelled.");
        var from = State;
        State = EngagementState.Cancelled;
        CancellationReason = publicReason;
        Raise(new EngagementCancelled(Id, from, publicReason, now));
    }

    private bool IsRunning => State is EngagementState.Live or EngagementState.Analysing or EngagementState.AwaitingDecision;

    private bool IsClosed => State is EngagementState.FedBack or EngagementState.Evaluated or EngagementState.Cancelled;

    private void EditWhileRunning(EngagementPlan plan, IReadOnlyList<PlanChange> changes, Actor author, DateTimeOffset now)
    {
        var refused = changes.Select(c => c.Field).Except(OpenWhileRunning, StringComparer.Ordinal).ToList();
        if (refused.Count > 0)
        {
            throw new RuleBrokenException(
                "fixed-while-running",
                $"People have been told this, so it can no longer change: {string.Join(", ", refused)}. Withdraw the consultation or cancel the engagement to start again.",
                [.. refused.Select(f => new Breach("fixed-while-running", "Fixed from the moment the engagement is live.", Subject: f))]);
        }

        // Nobody reviews these edits, so none of them may undo what the gate had ensured.
        var today = UkTime.DateOf(now);
        var held = Examine(Plan, today).Where(c => c.Status == CheckStatus.Pass).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var broken = Examine(plan, today).Where(c => c.Status == CheckStatus.Fail && held.Contains(c.Key)).ToList();
        if (broken.Count > 0)
        {
            throw new RuleBrokenException("edit-breaks-the-gate", "The plan passed these checks when it was approved and would not any more. Change it so that they still pass.", [.. broken.Select(BreachOf)]);
        }

        Write(plan, author);
        Raise(new PlanEdited(Id, PlanVersion, State, ApprovalVoided: false, changes, now));
    }

    private void Write(EngagementPlan plan, Actor author)
    {
        Plan = plan;
        Title = plan.Title;
        Department = plan.Department;
        Level = plan.Level;
        Statutory = plan.Statutory;
        LeadName = plan.LeadOfficer?.Name;
        LeadEmail = plan.LeadOfficer?.Email.ToLowerInvariant();
        OpensOn = plan.ConsultationPeriod?.OpensOn;
        if (!Authors.Contains(author.ToString(), StringComparer.Ordinal))
        {
            Authors = [.. Authors, author.ToString()];
        }
    }

    private List<CheckResult> Examine(EngagementPlan plan, DateOnly today)
    {
        var reviews = Reviews.Where(r => r.PlanVersion == PlanVersion).GroupBy(r => r.Kind).ToDictionary(g => g.Key, g => g.Last());
        var under = new PlanUnderReview(plan, reviews, today);
        return [.. ReadinessChecks.All.Select(check => ResultOf(check, check.Examine(under)))];
    }

    private CheckResult ResultOf(ReadinessCheck check, CheckFinding finding)
    {
        var waiver = finding.Passes ? null : Waivers.LastOrDefault(w => w.Check == check.Key && w.PlanVersion == PlanVersion);
        return waiver is null
            ? new CheckResult(check.Key, check.Demands, finding.Passes ? CheckStatus.Pass : CheckStatus.Fail, finding.Reason, finding.Remedy, check.Waivable, null)
            : new CheckResult(check.Key, check.Demands, CheckStatus.Waived, waiver.Reason, null, check.Waivable, waiver.By);
    }

    private static Breach BreachOf(CheckResult check) => new(check.Key, $"{check.Reason} {check.Remedy}");

    private void RequireInReview() => Require(
        State == EngagementState.InReview,
        "not-in-review",
        $"This needs a plan in review; this engagement is in the state {State}. Submit the plan first.");

    private void RequireCurrent(int planVersion)
    {
        if (planVersion != PlanVersion)
        {
            throw new RuleBrokenException(
                "plan-version-not-current",
                $"You named version {planVersion} of the plan and the current one is {PlanVersion}. Read the plan again.",
                facts: new Dictionary<string, object>(StringComparer.Ordinal) { ["planVersion"] = PlanVersion });
        }
    }

    private static void Require(bool holds, string code, string message)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, message);
        }
    }
}
