using System.Text.Json;
using System.Text.Json.Nodes;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Engagements.Domain;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;

namespace Engagement.Host.Demo;

/// <summary>One file of the demonstration. README.md beside the code describes them.</summary>
/// <param name="Fictional">True where what it tells was made up.</param>
/// <param name="Source">Where names and figures come from, or that everything is made up.</param>
internal sealed record DemoFile<T>(bool Fictional, string Source, string Licence, T Content);

internal sealed record DemoEngagement(
    PlanTimeline Timeline,
    EngagementPlan Plan,
    IReadOnlyList<DemoReview>? Reviews = null,
    IReadOnlyList<DemoEdit>? Edits = null,
    IReadOnlyList<DemoActivity>? Activities = null,
    IReadOnlyList<DemoScore>? Scores = null);

/// <summary>The last three are null where the plan is still being written.</summary>
internal sealed record PlanTimeline(DateTimeOffset Created, DateTimeOffset? Submitted = null, DateTimeOffset? Reviewed = null, DateTimeOffset? Approved = null);

internal sealed record DemoReview(ReviewKind Kind, ReviewVerdict Verdict, string? Comment = null);

/// <param name="Changes">A JSON merge patch of the plan.</param>
internal sealed record DemoEdit(DateTimeOffset At, JsonElement Changes);

internal sealed record DemoActivity(
    DateTimeOffset At, string Title, PublicityMedium Medium, DateOnly HeldOn, int Reach, string ReachMeasure, IReadOnlyList<string> TargetGroups);

internal sealed record DemoScore(DateTimeOffset At, string Criterion, decimal MeasuredValue, DateOnly MeasuredOn, string? Note = null);

/// <param name="Judgements">Of each principle and practice, before publication.</param>
/// <param name="ClosesSoonAfterLoading">The closing in the details is a placeholder: the clock is to close it before somebody's eyes.</param>
internal sealed record DemoConsultation(
    ConsultationTimeline Timeline,
    ConsultationDetails Details,
    string GoodPracticeReason,
    IReadOnlyList<PracticeJudgement> Judgements,
    bool ClosesSoonAfterLoading = false,
    IReadOnlyList<DemoDocument>? Documents = null,
    IReadOnlyList<DemoEvidence>? Evidence = null);

/// <param name="Practice">The key of a principle or practice of fair consultation.</param>
internal sealed record DemoEvidence(string Practice, string Text, string? Link = null);

internal sealed record ConsultationTimeline(DateTimeOffset Drafted, DateTimeOffset Scheduled, DateTimeOffset Approved);

internal sealed record DemoDocument(string Name, string Text);

/// <param name="Sent">When it arrived; on paper, when it was logged.</param>
/// <param name="Themes">For each question with a free text the keys of its themes; a question that is absent is not coded yet.</param>
internal sealed record DemoResponse(
    DateTimeOffset Sent,
    IReadOnlyDictionary<string, AnswerValue?> Answers,
    ResponseChannel Channel = ResponseChannel.Web,
    string? OnBehalfOf = null,
    string? Language = null,
    string? Email = null,
    bool ConsentToPublish = false,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Themes = null,
    DemoQuotation? Quotation = null);

/// <param name="Theme">The key of the theme that it is shown with.</param>
internal sealed record DemoQuotation(string Question, string Text, string Theme);

/// <param name="CodingCompleted">Null where the coding is under way; the last three go together.</param>
internal sealed record DemoAnalysis(
    IReadOnlyList<DemoTheme> Themes,
    DateTimeOffset CodingBegins,
    DateTimeOffset? CodingCompleted = null,
    DateTimeOffset? QuotationsProposed = null,
    DateTimeOffset? QuotationsCleared = null);

internal sealed record DemoTheme(string Key, string Name, string Description, DateTimeOffset CreatedAt);

internal sealed record DemoOutcome(
    DateTimeOffset DecisionRecorded,
    Decision Decision,
    IReadOnlyList<PracticeJudgement> Judgements,
    DateTimeOffset Drafted,
    DateTimeOffset Published,
    string Introduction,
    string WhatHappensNext,
    IReadOnlyList<DemoThemeAnswer> Themes,
    IReadOnlyList<DemoCommitment> Commitments);

internal sealed record DemoThemeAnswer(string Theme, string Asked, string Said, Disposition Disposition, string Did, string? Reason = null);

internal sealed record DemoCommitment(string Text, DateOnly DueOn, string Owner, IReadOnlyList<DemoProgress> Progress);

internal sealed record DemoProgress(DateTimeOffset At, CommitmentStatus Status, string Note);

/// <summary>Everything that the files of one situation tell, with real dates. What is null has not happened yet.</summary>
internal sealed record DemoSituation(
    DemoEngagement Engagement,
    DemoConsultation? Consultation,
    QuestionnaireContent? Questionnaire,
    IReadOnlyList<DemoResponse> Responses,
    DemoAnalysis? Analysis,
    DemoOutcome? Outcome)
{
    private static readonly JsonSerializerOptions Json = Options();

    /// <summary>JSON as the API speaks it: the files are read as strictly as what a client sends.</summary>
    public static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions();
        WebRegistration.Configure(options);
        return options;
    }

    /// <param name="folder">Under Content, such as <c>3-open</c>.</param>
    public static DemoSituation Read(string folder, DateOnly loadedOn)
    {
        var dates = new RelativeDates(loadedOn);
        return new DemoSituation(
            Find<DemoEngagement>(folder, "engagement", dates) ?? throw new InvalidOperationException($"The program brings no Demo/Content/{folder}/engagement.json."),
            Find<DemoConsultation>(folder, "consultation", dates),
            Find<QuestionnaireContent>(folder, "questionnaire", dates),
            Find<IReadOnlyList<DemoResponse>>(folder, "responses", dates) ?? [],
            Find<DemoAnalysis>(folder, "analysis", dates),
            Find<DemoOutcome>(folder, "outcome", dates));
    }

    private static T? Find<T>(string folder, string name, RelativeDates dates)
        where T : class
    {
        using var resource = typeof(DemoSituation).Assembly.GetManifestResourceStream($"demo/{folder}/{name}.json");
        return resource is null ? null : dates.Resolve(JsonNode.Parse(resource)).Deserialize<DemoFile<T>>(Json)!.Content;
    }
}
