using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>
/// What happens by the clock and by what other modules report. Each may come twice and then changes nothing, because jobs run
/// again and events are delivered again.
/// </summary>
internal sealed partial class Consultation
{
    /// <summary>Records that its opening has come. Where the questionnaire is not the approved one, the approval lapses instead.</summary>
    /// <param name="questionnaire">Version and digest of the newest questionnaire; null when there is none.</param>
    /// <exception cref="RuleBrokenException"><c>not-approved</c> or <c>opening-not-reached</c>.</exception>
    public void Open((int Version, string Digest)? questionnaire, bool engagementIsApproved, DateTimeOffset now)
    {
        if (Status is ConsultationStatus.Open or ConsultationStatus.Closing)
        {
            return;
        }

        Require(Status == ConsultationStatus.Scheduled && Approval is not null, "not-approved", "What is not approved never opens.");
        Require(now >= Period.OpensAt, "opening-not-reached", $"It opens on {UkTime.Spell(Period.OpensOn)}.");
        if (questionnaire != (Approval!.QuestionnaireVersion, Approval.QuestionnaireDigest))
        {
            LoseApproval("questionnaire", ConsultationStatus.AwaitingApproval, now);
            return;
        }

        if (!engagementIsApproved)
        {
            LoseApproval(EngagementPlan, ConsultationStatus.AwaitingApproval, now);
            return;
        }

        Status = ConsultationStatus.Open;
        Raise(new ConsultationOpened(Id, EngagementId, Period.OpensAt, Period.ClosesAt, now));
    }

    /// <summary>The plan that it serves is no longer the approved one. Before its opening it waits for approval again; an open one goes on.</summary>
    public void LoseApprovalWithEngagement(DateTimeOffset now)
    {
        if (Status == ConsultationStatus.Scheduled && now < Period.OpensAt)
        {
            LoseApproval(EngagementPlan, ConsultationStatus.AwaitingApproval, now);
        }
    }

    /// <summary>Records that its deadline has passed. Answers sent in time may still commit until the drain window ends.</summary>
    /// <param name="drainWindow">From the deadline to the seal.</param>
    /// <exception cref="RuleBrokenException"><c>never-opened</c> or <c>deadline-not-reached</c>.</exception>
    public void BeginClosing(TimeSpan drainWindow, DateTimeOffset now)
    {
        if (Status is ConsultationStatus.Closing or ConsultationStatus.Closed)
        {
            return;
        }

        Require(Status == ConsultationStatus.Open, "never-opened", "A consultation that never opened cannot be closed.");
        Require(now >= Period.ClosesAt, "deadline-not-reached", $"It accepts responses until {UkTime.SpellDeadline(Period.ClosesAt)}.");
        Status = ConsultationStatus.Closing;
        ProposedExtension = null;
        Raise(new ConsultationClosing(Id, Period.ClosesAt, Period.ClosesAt + drainWindow, now));
    }

    /// <summary>Every answer sent in time is in. A set that was sealed before it was withdrawn, or again, changes nothing.</summary>
    /// <param name="digest">SHA-256, lower-case hexadecimal.</param>
    public void Close(int responseCount, string digest, DateTimeOffset now)
    {
        if (ResponseDigest is not null || Status == ConsultationStatus.Withdrawn)
        {
            return;
        }

        Require(Status == ConsultationStatus.Closing, "deadline-not-reached", "Responses were sealed before the deadline had passed.");
        Status = ConsultationStatus.Closed;
        ResponseCount = responseCount;
        ResponseDigest = digest;
        Raise(new ConsultationClosed(
            Id, EngagementId, Slug, Content.Title, Period.ClosesAt, responseCount, digest, OutcomeDueOn, Content.AnswerThreshold, now));
    }

    /// <summary>Every response has been read and grouped; now it is for the decision-maker to consider them.</summary>
    public void TakeUpForConsideration(DateTimeOffset now)
    {
        if (Status is ConsultationStatus.UnderConsideration or ConsultationStatus.Decided)
        {
            return;
        }

        Require(Status == ConsultationStatus.Closed, "not-closed", "Responses were considered before the consultation had closed.");
        Status = ConsultationStatus.UnderConsideration;
        Raise(new ConsultationTakenUpForConsideration(Id, now));
    }

    public void RecordDecision(string body, DateOnly decidedOn, DateTimeOffset now)
    {
        var decision = new DecisionTaken(body, decidedOn);
        if (Decision == decision)
        {
            return;
        }

        Require(
            Status is ConsultationStatus.Closed or ConsultationStatus.UnderConsideration or ConsultationStatus.Decided,
            "not-closed",
            "A decision was reported before the consultation had closed.");
        Status = ConsultationStatus.Decided;
        Decision = decision;
        Raise(new ConsultationDecided(Id, body, decidedOn, now));
    }

    /// <summary>The loop is closed: everybody can see what became of what was said.</summary>
    /// <param name="publishedAt">Of this version; later versions do not move the date of the first.</param>
    public void RecordOutcome(int outcomeVersion, DateTimeOffset publishedAt, DateTimeOffset now)
    {
        if (AnsweredAt is not null)
        {
            return;
        }

        AnsweredAt = publishedAt;
        Raise(new ConsultationAnswered(Id, outcomeVersion, now));
    }
}
