using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Engagements.Domain;

/// <summary>From the approval to the lessons: its consultations are followed, activities recorded, success criteria scored.</summary>
internal sealed partial class EngagementActivity
{
    private readonly List<FollowedConsultation> consultations = [];

    public IReadOnlyCollection<FollowedConsultation> Consultations => consultations;

    public IReadOnlyList<RecordedActivity> Activities { get; private set; } = [];

    public IReadOnlyList<CriterionScore> Scores { get; private set; } = [];

    public EngagementEvaluation? Evaluation { get; private set; }

    /// <summary>A consultation of it has come so far. What it had come to already changes nothing.</summary>
    public void Note(ConsultationId consultation, ConsultationStage stage, DateTimeOffset now)
    {
        var followed = consultations.Find(c => c.ConsultationId == consultation);
        if (followed is null)
        {
            consultations.Add(FollowedConsultation.Of(consultation, stage));
        }
        else if (!followed.Reach(stage))
        {
            return;
        }

        Raise(new ConsultationProgressed(Id, consultation, stage, now));
        Follow(now);
    }

    /// <summary>A consultation was withdrawn: the engagement goes by the others from now on.</summary>
    /// <param name="reason">The public reason of the withdrawal.</param>
    public void LeaveOut(ConsultationId consultation, string reason, DateTimeOffset now)
    {
        var followed = consultations.Find(c => c.ConsultationId == consultation);
        if (followed is null)
        {
            followed = FollowedConsultation.Of(consultation, ConsultationStage.Scheduled);
            consultations.Add(followed);
        }

        if (!followed.Withdraw())
        {
            return;
        }

        Raise(new ConsultationLeftOut(Id, consultation, reason, now));
        Follow(now);
    }

    /// <summary>
    /// Records something done to tell people, with its reach. An inform-only engagement asks nothing, so it needs no
    /// consultation: its first activity makes it Live.
    /// </summary>
    /// <exception cref="RuleBrokenException"><c>activity-needs-approval</c>, <c>activity-still-to-come</c> or <c>no-such-target-group</c>.</exception>
    public void Record(RecordedActivity activity, DateTimeOffset now)
    {
        Require(
            State == EngagementState.Approved || IsRunning,
            "activity-needs-approval",
            $"Activities are recorded between approval and the end; this engagement is in the state {State}.");
        Require(activity.HeldOn <= UkTime.DateOf(now), "activity-still-to-come", $"{UkTime.Spell(activity.HeldOn)} is still to come. Record the activity when its reach is known.");
        var unknown = activity.TargetGroups.Except(Plan.TargetGroups.Select(g => g.Key), StringComparer.Ordinal).ToList();
        Require(unknown.Count == 0, "no-such-target-group", $"The plan has no target group with the key: {string.Join(", ", unknown)}. Name groups by their keys in the plan.");
        Activities = [.. Activities, activity];
        Raise(new ActivityRecorded(Id, activity.Id, activity.Title, activity.Medium, activity.HeldOn, activity.Reach, activity.ReachMeasure, now));
        Follow(now);
    }

    /// <summary>Writes down what was measured for a success criterion; a later score replaces it.</summary>
    /// <exception cref="NotFoundException">The plan has no such criterion.</exception>
    /// <exception cref="RuleBrokenException"><c>nothing-to-score-yet</c>, <c>measurement-still-to-come</c> or <c>already-evaluated</c>.</exception>
    public void Score(string criterionKey, decimal measured, string? note, DateOnly measuredOn, Actor by, DateTimeOffset now)
    {
        var criterion = Plan.SuccessCriteria.SingleOrDefault(c => c.Key == criterionKey) ?? throw new NotFoundException("success criterion");
        RequireNotEvaluated();
        Require(
            IsRunning || State == EngagementState.FedBack,
            "nothing-to-score-yet",
            $"A success criterion is scored once the engagement runs; this one is in the state {State}.");
        Require(measuredOn <= UkTime.DateOf(now), "measurement-still-to-come", $"{UkTime.Spell(measuredOn)} is still to come. Enter the day of the measurement.");
        var before = Scores.SingleOrDefault(s => s.Criterion == criterionKey);
        var score = new CriterionScore(criterionKey, measured, criterion.IsMetBy(measured), note, measuredOn, by.ToString(), now);
        Scores = [.. Scores.Where(s => s.Criterion != criterionKey), score];
        Raise(new SuccessCriterionScored(Id, criterionKey, before?.MeasuredValue, measured, score.Met, note, now));
    }

    /// <summary>Ends the engagement with its lessons: after the loop is closed, or once an inform-only engagement has reached people.</summary>
    /// <exception cref="RuleBrokenException"><c>loop-not-closed</c>, <c>already-evaluated</c>, or <c>criteria-not-scored</c> naming each.</exception>
    public void Evaluate(string lessons, Actor by, DateTimeOffset now)
    {
        RequireNotEvaluated();
        Require(
            State == EngagementState.FedBack || (IsInformOnly && State == EngagementState.Live),
            "loop-not-closed",
            IsInformOnly
                ? $"An inform-only engagement is evaluated once an activity is recorded; this one is in the state {State}."
                : $"An engagement is evaluated when the outcome of each consultation is published; this one is in the state {State}.");
        var unscored = Plan.SuccessCriteria.Where(c => Scores.All(s => s.Criterion != c.Key)).ToList();
        if (unscored.Count > 0)
        {
            throw new RuleBrokenException(
                "criteria-not-scored",
                "Each success criterion needs a measured value before the engagement is evaluated.",
                [.. unscored.Select(c => new Breach("criterion-not-scored", $"Enter the measured value: {c.Measure}.", Subject: c.Key))]);
        }

        State = EngagementState.Evaluated;
        Evaluation = new EngagementEvaluation(lessons, by.ToString(), now);
        Raise(new EngagementEvaluated(Id, lessons, now));
    }

    /// <summary>Nothing is asked and no consultation was made for it after all.</summary>
    private bool IsInformOnly => Plan.Level == ParticipationLevel.Inform && consultations.TrueForAll(c => c.IsWithdrawn);

    /// <summary>
    /// The state that the consultations not withdrawn have brought it to: it goes by the slowest, and back when one is
    /// added or the last is withdrawn. Without an approval it waits for one.
    /// </summary>
    private void Follow(DateTimeOffset now)
    {
        if (State != EngagementState.Approved && !IsRunning)
        {
            return;
        }

        var stages = consultations.Where(c => !c.IsWithdrawn).Select(c => c.Stage).ToList();
        var reached = stages.Count == 0 || stages.Max() == ConsultationStage.Scheduled
            ? Plan.Level == ParticipationLevel.Inform && Activities.Count > 0 ? EngagementState.Live : EngagementState.Approved
            : stages.Min() switch
            {
                ConsultationStage.OutcomePublished => EngagementState.FedBack,
                ConsultationStage.Coded => EngagementState.AwaitingDecision,
                ConsultationStage.Closed => EngagementState.Analysing,
                _ => EngagementState.Live,
            };
        if (reached != State)
        {
            Raise(new EngagementMoved(Id, State, reached, now));
            State = reached;
        }
    }

    private void RequireNotEvaluated() =>
        Require(State != EngagementState.Evaluated, "already-evaluated", "The engagement is evaluated already; its scores and lessons stand.");
}
