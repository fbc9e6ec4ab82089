using System.Text.Json.Serialization;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

[RequiresScope("engagements:read")]
public sealed record GetEngagement(EngagementId Id) : IQuery<EngagementView>;

/// <summary>The engagement as it stands: the fields of its plan, which a merge patch may change, and what became of it.</summary>
public sealed record EngagementView : EngagementPlan
{
    internal EngagementView(EngagementActivity engagement)
        : base(engagement.Plan)
    {
        Plan = engagement.Plan;
        ChangeableFields = engagement.ChangeableFields;
        Id = engagement.Id;
        Reference = engagement.Reference;
        State = engagement.State;
        PlanVersion = engagement.PlanVersion;
        Version = engagement.Version;
        Authors = engagement.Authors;
        Reviews = engagement.Reviews;
        Waivers = engagement.Waivers;
        Approval = engagement.Approval;
        CancellationReason = engagement.CancellationReason;
        Consultations = [.. engagement.Consultations.Select(c => new ConsultationView(c.ConsultationId, c.Stage, c.IsWithdrawn))];
        Activities = engagement.Activities;
        Scores = engagement.Scores;
        Evaluation = engagement.Evaluation;
        CreatedAt = engagement.CreatedAt;
    }

    /// <summary>The plan alone, for an edit to start from.</summary>
    [JsonIgnore]
    public EngagementPlan Plan { get; init; }

    /// <summary>Members of the plan that may still change; null where all may, empty where none may.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? ChangeableFields { get; init; }

    [JsonPropertyOrder(-2)]
    public EngagementId Id { get; init; }

    [JsonPropertyOrder(-2)]
    public string Reference { get; init; }

    [JsonPropertyOrder(-2)]
    public EngagementState State { get; init; }

    /// <summary>What a reviewer and an approver name.</summary>
    [JsonPropertyOrder(-2)]
    public int PlanVersion { get; init; }

    /// <summary>The ETag.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    public IReadOnlyList<string> Authors { get; init; }

    public IReadOnlyList<PlanReview> Reviews { get; init; }

    public IReadOnlyList<CheckWaiver> Waivers { get; init; }

    public PlanApproval? Approval { get; init; }

    public string? CancellationReason { get; init; }

    public IReadOnlyList<ConsultationView> Consultations { get; init; }

    public IReadOnlyList<RecordedActivity> Activities { get; init; }

    public IReadOnlyList<CriterionScore> Scores { get; init; }

    public EngagementEvaluation? Evaluation { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

public sealed record ConsultationView(ConsultationId Id, ConsultationStage Stage, bool IsWithdrawn);

internal sealed class GetEngagementHandler(IEngagementsDb db) : IRequestHandler<GetEngagement, EngagementView>
{
    public async Task<EngagementView> Handle(GetEngagement request, CancellationToken cancellationToken) =>
        new(await db.Engagements.AsNoTracking().Get(request.Id, cancellationToken));
}
