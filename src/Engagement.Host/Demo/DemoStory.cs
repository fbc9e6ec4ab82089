using System.Text;
using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Domain.Notices;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Platform.Web;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Demo;

/// <summary>
/// One situation from its first idea to today: each step is a command at its instant, sent by whoever does such a thing. The
/// situation stops where its files stop.
/// </summary>
internal sealed partial class DemoStory
{
    private readonly DemoSituation situation;
    private readonly DemoOffice office;
    private readonly Timeline timeline;
    private readonly TimeSpan drainWindow;
    private readonly string folder;

    private EngagementChanged engagement = null!;
    private Consultations.Application.ConsultationView consultation = null!;

    /// <param name="now">The real time.</param>
    public DemoStory(string folder, DemoSituation situation, DemoOffice office, ScenarioClock clock, IOptions<ConsultationsOptions> options, DateTimeOffset now)
    {
        this.folder = folder;
        this.situation = situation;
        this.office = office;
        timeline = new Timeline(folder, clock);
        drainWindow = options.Value.DrainWindow;
        Plan(situation.Engagement);
        if (situation.Consultation is { } planned)
        {
            Consult(planned, now);
        }
    }

    public Task Tell(CancellationToken cancellationToken) => timeline.Tell(cancellationToken);

    private void Plan(DemoEngagement planned)
    {
        timeline.Add(planned.Timeline.Created, "plan the engagement", async token =>
            engagement = await office.AsAuthor(new CreateEngagement(planned.Plan, [office.Team]), token));
        foreach (var edit in planned.Edits ?? [])
        {
            timeline.Add(edit.At, "edit the plan", async token =>
            {
                var plan = MergePatch.Apply(await office.AsAuthor(new FindPlan(engagement.Id), token), edit.Changes, DemoSituation.Options());
                engagement = await office.AsAuthor(new EditPlan(engagement.Id, plan, engagement.Version), token);
            });
        }

        if (planned.Timeline is { Submitted: { } submitted, Reviewed: { } reviewed, Approved: { } approved })
        {
            timeline.Add(submitted, "submit the plan", async token => engagement = await office.AsAuthor(new SubmitPlan(engagement.Id), token));
            foreach (var review in planned.Reviews ?? [])
            {
                timeline.Add(reviewed, "review the plan", async token =>
                    engagement = await office.AsApprover(new ReviewPlan(engagement.Id, review.Kind, review.Verdict, review.Comment, engagement.PlanVersion), token));
            }

            timeline.Add(approved, "approve the plan", async token =>
            {
                engagement = await office.AsApprover(new ApproveEngagement(engagement.Id, engagement.PlanVersion), token);
                await office.DeliverEvents(token);
            });
        }

        foreach (var activity in planned.Activities ?? [])
        {
            timeline.Add(activity.At, "record an activity", token => office.AsAuthor(
                new RecordActivity(engagement.Id, activity.Title, activity.Medium, activity.HeldOn, activity.Reach, activity.ReachMeasure, activity.TargetGroups), token));
        }

        foreach (var score in planned.Scores ?? [])
        {
            timeline.Add(score.At, "score a success criterion", async token =>
            {
                var version = (await office.AsAuthor(new GetEngagement(engagement.Id), token)).Version;
                await office.AsAuthor(new ScoreSuccessCriterion(engagement.Id, score.Criterion, score.MeasuredValue, score.Note, score.MeasuredOn, version), token);
            });
        }
    }

    private void Consult(DemoConsultation planned, DateTimeOffset now)
    {
        var details = planned.ClosesSoonAfterLoading ? planned.Details with { Closes = ClosingSoon.After(now) } : planned.Details;
        timeline.Add(planned.Timeline.Drafted, "draft the consultation", token => Draft(details, planned.Documents ?? [], token));
        timeline.Add(planned.Timeline.Scheduled, "judge and schedule the consultation", async token =>
        {
            foreach (var evidence in planned.Evidence ?? [])
            {
                await office.AsAuthor(new AddEvidence(consultation.Id, evidence.Practice, evidence.Text, evidence.Link), token);
            }

            await office.AsAuthor(new JudgePractices(consultation.Id, AssuranceStage.Publication, planned.Judgements), token);
            consultation = await office.AsAuthor(new ScheduleConsultation(consultation.Id, consultation.Version, planned.GoodPracticeReason), token);
        });
        timeline.Add(planned.Timeline.Approved, "approve the consultation", async token =>
        {
            await office.AsApprover(new SignCheckpoint(consultation.Id, CheckpointKind.Scope, Remark: null), token);
            consultation = await office.AsApprover(new ApproveConsultation(consultation.Id, consultation.Version), token);
            await office.DeliverEvents(token);
        });

        // The instants are those of the details; the consultation itself will say the same once it is drafted.
        var opensAt = UkTime.At(details.Opens.Date, details.Opens.Time ?? TimeOnly.MinValue, details.Opens.Second);
        timeline.Add(opensAt, "open the consultation", async token =>
        {
            await MakePublic(token);
            await office.Work(token);
        });
        for (var i = 0; i < situation.Responses.Count; i++)
        {
            var (response, number) = (situation.Responses[i], i + 1);
            timeline.Add(response.Sent, $"take response {number}", token => Respond(response, number, token));
        }

        if (!planned.ClosesSoonAfterLoading && UkTime.StartOf(details.Closes.Date.AddDays(1)) is var closesAt && closesAt + drainWindow < now)
        {
            timeline.Add(closesAt, "begin the closing", office.Work);
            timeline.Add(closesAt + drainWindow, "seal the responses", office.Work);
            Analyse();
        }
    }

    /// <summary>Every notice that the law wants by the opening is published on its day, and everybody is notified who is to be asked in person.</summary>
    private async Task MakePublic(CancellationToken cancellationToken)
    {
        foreach (var notice in (await office.AsAuthor(new ListNotices(consultation.Id), cancellationToken)).Notices.Where(n => n.DueOn <= consultation.Opens.Date))
        {
            var page = new NewProof(ProofKind.WebPage, "https://www.example.org/public-notices");
            await office.AsAuthor(new PublishNotice(consultation.Id, notice.Id, notice.DueOn!.Value, "where the council publishes (made up)", page), cancellationToken);
        }

        foreach (var consultee in (await office.AsAuthor(new ListConsultees(consultation.Id), cancellationToken)).Consultees)
        {
            await office.AsAuthor(new RecordConsultee(consultation.Id, consultee.Id, ConsulteeStep.Notified, consultation.Opens.Date, "by e-mail (made up)"), cancellationToken);
        }
    }

    private async Task Draft(ConsultationDetails details, IReadOnlyList<DemoDocument> documents, CancellationToken cancellationToken)
    {
        consultation = await office.AsAuthor(new CreateConsultation(engagement.Id, details), cancellationToken);
        await office.AsAuthor(new ReviseQuestionnaire(consultation.Id, situation.Questionnaire!, ExpectedVersion: null), cancellationToken);
        foreach (var document in documents)
        {
            var version = (await office.AsAuthor(new ShowConsultation(consultation.Id), cancellationToken)).Version;
            await office.AsAuthor(new AddDocument(consultation.Id, version, document.Name, "text/plain", Encoding.UTF8.GetBytes(document.Text)), cancellationToken);
        }

        consultation = await office.AsAuthor(new ShowConsultation(consultation.Id), cancellationToken);
    }
}
