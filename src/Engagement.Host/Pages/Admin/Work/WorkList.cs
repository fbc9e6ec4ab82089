using System.Globalization;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.Consultations.Application;
using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Platform.Operations;

namespace Engagement.Host.Pages.Admin.Work;

/// <summary>Puts together what the modules say is waiting, as far as one officer may resolve it, and orders it by urgency.</summary>
/// <param name="holds">Whether the officer has a right.</param>
/// <param name="today">The UK date.</param>
internal sealed class WorkList(Func<string, bool> holds, DateOnly today)
{
    /// <summary>Days ahead of its due date from which an outcome is listed even though nothing about it is late.</summary>
    public const int OutcomeDaysAhead = 28;

    private readonly List<WorkItem> items = [];

    public IReadOnlyList<WorkGroup> Groups =>
    [
        .. items.GroupBy(i => UrgencyOf(i.Due, today)).OrderBy(g => g.Key)
            .Select(g => new WorkGroup(g.Key, [.. g.OrderBy(i => i.Due).ThenBy(i => i.What, StringComparer.Ordinal).ThenBy(i => i.Subject, StringComparer.Ordinal)])),
    ];

    public static WorkUrgency UrgencyOf(DateOnly? due, DateOnly today) => due is not { } day ? WorkUrgency.AnyTime
        : day < today ? WorkUrgency.Overdue
        : day == today ? WorkUrgency.Today
        : day <= today.AddDays(7) ? WorkUrgency.ThisWeek
        : WorkUrgency.Later;

    /// <summary>Plans: for their lead officer what fails, for an approver what waits for a review or an approval. Nobody judges what they wrote.</summary>
    public void Add(PlanWork plans)
    {
        foreach (var plan in plans.Waiting)
        {
            var root = $"/admin/engagements/{plan.Id}";
            var subject = $"{plan.Title} ({plan.Reference})";
            if (plan.State == EngagementState.InReview && plan.MayJudge && holds("engagements:approve"))
            {
                Add(plan.Reviews.Count > 0
                    ? new WorkItem("Review the plan", subject, $"{root}/review", plan.OpensOn, $"Missing: {string.Join(", ", plan.Reviews.Select(r => r.ToString().ToLowerInvariant()))}")
                    : plan.Failing > 0 ? new WorkItem("Decide whether to waive what fails", subject, $"{root}/readiness", plan.OpensOn, Checks(plan.Failing))
                    : new WorkItem("Approve the plan", subject, $"{root}/approve", plan.OpensOn));
            }

            if (!plan.IsMine || !holds("engagements:write"))
            {
                continue;
            }

            if (plan.State == EngagementState.FedBack)
            {
                Add(new WorkItem("Evaluate the engagement", subject, $"{root}/evaluate", null, "Its outcome is published"));
            }
            else if (plan.Failing > 0)
            {
                Add(new WorkItem("Complete the plan", subject, $"{root}/readiness", plan.OpensOn, Checks(plan.Failing)));
            }
            else if (plan.State == EngagementState.Planning)
            {
                Add(new WorkItem("Submit the plan", subject, $"{root}/readiness", plan.OpensOn, "It is complete"));
            }
        }
    }

    public void Add(IReadOnlyList<WaitingConsultation> consultations)
    {
        foreach (var consultation in consultations)
        {
            var root = $"/admin/consultations/{consultation.Id}";
            var day = consultation.For is ConsultationWaitsFor.Closing or ConsultationWaitsFor.ApprovalOfExtension or ConsultationWaitsFor.MidPointReview
                ? UkTime.DateOf(consultation.At.AddMinutes(-1)) : UkTime.DateOf(consultation.At);
            switch (consultation.For)
            {
                case ConsultationWaitsFor.Approval when !consultation.IsOwn && holds("consultations:approve"):
                    Add(new WorkItem("Approve the consultation", consultation.Title, $"{root}/approve", day, "It cannot open without it"));
                    break;
                case ConsultationWaitsFor.ApprovalOfExtension when !consultation.IsOwn && holds("consultations:approve"):
                    Add(new WorkItem("Approve a later deadline", consultation.Title, $"{root}/extend", day, "After the deadline it is too late"));
                    break;
                case ConsultationWaitsFor.Scheduling when holds("consultations:write"):
                    Add(new WorkItem("Finish the consultation and put it forward", consultation.Title, root, day, "It is a draft"));
                    break;
                case ConsultationWaitsFor.MovedDates or ConsultationWaitsFor.UnlawfulDates when holds("consultations:write"):
                    Add(new WorkItem(
                        consultation.For == ConsultationWaitsFor.MovedDates ? "Look at dates that have moved" : "Mend dates that are no longer lawful", consultation.Title, $"{root}/timetable", today, consultation.Why));
                    break;
                case ConsultationWaitsFor.MidPointReview when holds("consultations:write"):
                    Add(new WorkItem("Record the mid-point review", consultation.Title, $"{root}/evidence/mid-point", day, "Half of the time has passed"));
                    break;
                case ConsultationWaitsFor.Opening:
                    Add(new WorkItem("Opens", consultation.Title, root, day));
                    break;
                case ConsultationWaitsFor.Closing:
                    Add(new WorkItem("Closes", consultation.Title, $"{root}/live", day, $"At {UkTime.SpellDeadline(consultation.At)}"));
                    break;
                default:
                    break;
            }
        }
    }

    public void Add(IReadOnlyList<WaitingNotice> notices)
    {
        if (!holds("consultations:write"))
        {
            return;
        }

        items.AddRange(notices.Select(n => n.For switch
        {
            NoticeWork.ClosesTooEarly => new WorkItem(
                n.IsOpen ? "Extend what closes too early" : "Change dates that close too early", n.Title, $"/admin/consultations/{n.Id}/notices", n.DueOn,
                $"A notice was published late: the earliest lawful last day is {n.What}"),
            NoticeWork.Publication => new WorkItem("Publish a notice", n.Title, $"/admin/consultations/{n.Id}/notices", n.DueOn, n.What),
            NoticeWork.Notification => new WorkItem("Notify consultees", n.Title, $"/admin/consultations/{n.Id}/consultees", n.DueOn, $"Not on record as notified: {n.What}"),
            _ => new WorkItem("Ask consultees again", n.Title, $"/admin/consultations/{n.Id}/consultees?neverAnswered=true", n.DueOn, $"Asked and not answered: {n.What}"),
        }));
    }

    public void Add(IReadOnlyList<LateResponsesToRule> late)
    {
        if (holds("participation:write"))
        {
            items.AddRange(late.Select(l => new WorkItem(
                l.Count == 1 ? "Rule on 1 late response" : $"Rule on {Count(l.Count)} late responses", l.Title, $"/admin/consultations/{l.ConsultationId}/responses?Filter.Standing=late", null,
                $"The first came on {UkTime.Spell(l.Since)}")));
        }
    }

    public void Add(LoopWork loop)
    {
        foreach (var open in loop.Loops)
        {
            var root = $"/admin/consultations/{open.ConsultationId}";
            if (open.CandidateQuotations > 0 && holds("outcomes:approve"))
            {
                Add(new WorkItem(
                    open.CandidateQuotations == 1 ? "Clear 1 quotation" : $"Clear {Count(open.CandidateQuotations)} quotations", open.Title, $"{root}/quotations", open.DueOn));
            }

            if (!holds("outcomes:write"))
            {
                continue;
            }

            if (!open.IsCoded)
            {
                Add(new WorkItem("Code the responses", open.Title, $"{root}/coding", open.DueOn, $"{Count(open.CodedResponses)} of {Count(open.Responses)} responses begun; the outcome is due"));
            }
            else if (!open.IsDecided)
            {
                Add(new WorkItem("Record the decision", open.Title, $"{root}/decision", open.DueOn, "Everything is coded; the outcome is due"));
            }
            else if (open.DueOn <= today.AddDays(OutcomeDaysAhead))
            {
                Add(new WorkItem("Publish the outcome", open.Title, $"{root}/outcome", open.DueOn, open.IsPublished ? "Only what happens next is published" : null));
            }
        }

        if (holds("outcomes:write"))
        {
            items.AddRange(loop.Commitments.Select(c => new WorkItem("Report on a commitment", c.Text, $"/admin/consultations/{c.ConsultationId}/commitments", c.DueOn, $"{c.Title}; answers for it: {c.Owner}")));
        }
    }

    /// <summary>What stands still in the program itself, for those who look after it.</summary>
    public void Add(Standstills standstills)
    {
        if (standstills.ParkedEvents > 0)
        {
            Add(new WorkItem(standstills.ParkedEvents == 1 ? "Try 1 parked event again" : $"Try {Count(standstills.ParkedEvents)} parked events again", "Events between the parts of the system", "/admin/administration/events", today));
        }

        if (standstills.FailedNotifications > 0)
        {
            Add(new WorkItem(
                standstills.FailedNotifications == 1 ? "Send 1 failed message again" : $"Send {Count(standstills.FailedNotifications)} failed messages again", "Messages to people", "/admin/administration/notifications", today));
        }
    }

    private void Add(WorkItem item) => items.Add(item);

    private static string Checks(int failing) => failing == 1 ? "1 check fails" : $"{Count(failing)} checks fail";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
