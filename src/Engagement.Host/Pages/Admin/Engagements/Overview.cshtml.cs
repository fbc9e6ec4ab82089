using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <param name="Address">Where it is done; null where nothing is to be done here.</param>
public sealed record NextStep(string Text, string? Address = null, string? Button = null);

/// <summary>One engagement as a list of tasks: where each part of the plan stands, and what comes next.</summary>
[Authorize("engagements:read")]
public sealed class OverviewModel(IMediator mediator, TimeProvider clock) : EngagementPage(mediator)
{
    public IReadOnlyList<PlanTaskGroup> Tasks { get; private set; } = [];

    public NextStep Next { get; private set; } = new("");

    public DateOnly Today => UkTime.DateOf(clock.GetUtcNow());

    public int Completed => Tasks.Sum(g => g.Tasks.Count(t => t.Status == PlanTaskStatus.Completed));

    public bool MayCancel => Holds("engagements:write") && Engagement.State is not (EngagementState.FedBack or EngagementState.Evaluated or EngagementState.Cancelled);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var readiness = await Mediator.Send(new GetReadiness(Id), cancellationToken);
        Tasks = PlanTasks.Of(Engagement, readiness.Checks);
        Next = NextOf(readiness.Checks.Count(c => c.Status == CheckStatus.Fail && PlanTasks.PartOf(c.Key) is not null), readiness.Ready);
    }

    public static string Words(PlanTaskStatus status) => status switch
    {
        PlanTaskStatus.NotYetStarted => "Not yet started",
        PlanTaskStatus.InProgress => "In progress",
        PlanTaskStatus.Completed => "Completed",
        PlanTaskStatus.CannotStartYet => "Cannot start yet",
        _ => "There is a problem",
    };

    /// <summary>Of the tag of a task that is to be done; empty is the library's own.</summary>
    public static string Colour(PlanTaskStatus status) => status switch
    {
        PlanTaskStatus.InProgress => "teal",
        PlanTaskStatus.Problem => "red",
        _ => "",
    };

    private NextStep NextOf(int failing, bool ready) => Engagement.State switch
    {
        EngagementState.Idea => new("This is an idea: nobody answers for it yet. It becomes a plan when somebody leads it.", $"{Root}/lead", "Name a lead officer"),
        EngagementState.Planning when failing == 0 => new("The plan is complete. Submit it, so that the support teams can review it.", $"{Root}/readiness", "Check and submit the plan"),
        EngagementState.Planning => new(
            failing == 1 ? "One check fails. It must be mended or waived before the plan can be approved." : $"{failing} checks fail. Each must be mended or waived before the plan can be approved.",
            $"{Root}/readiness", "See what fails"),
        EngagementState.InReview when ready => new("Every check passes or is waived. The plan waits for an approver who wrote no part of it.", $"{Root}/approve", "Go to the approval"),
        EngagementState.InReview => new("The plan waits for reviews.", $"{Root}/readiness", "See what it waits for"),
        EngagementState.Approved when Engagement.Level == ParticipationLevel.Inform => new("The plan is approved. Record what you do to tell people.", $"{Root}/activities/new", "Record an activity"),
        EngagementState.Approved => new("The plan is approved. Start a consultation, or go on with one.", $"{Root}/consultations", "Go to its consultations"),
        EngagementState.Live when Engagement.Level == ParticipationLevel.Inform => new("People are being told. Evaluate it when it has reached them.", $"{Root}/activities", "Record and evaluate"),
        EngagementState.Live => new("People can respond now.", $"{Root}/consultations", "Go to its consultations"),
        EngagementState.Analysing => new("Responses are being read and coded.", $"{Root}/consultations", "Go to its consultations"),
        EngagementState.AwaitingDecision => new("Everything is coded. Record the decision and publish the outcome.", $"{Root}/consultations", "Go to its consultations"),
        EngagementState.FedBack => new("People have been told what became of it. Measure success and write down the lessons.", $"{Root}/evaluate", "Evaluate"),
        EngagementState.Evaluated => new("It is evaluated. Nothing is left to do."),
        _ => new("It is cancelled. Nothing is left to do."),
    };
}
