using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Engagements.Api;

/// <summary>From the written plan to its approval.</summary>
internal static class GateEndpoints
{
    public static void MapGate(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/readiness", Readiness).Requires<GetReadiness>()
            .WithName("getReadiness").WithSummary("Every check of the gate: pass, fail or waived, with the reason and the remedy");
        group.MapPost("/{id}/submission", Submit).Requires<SubmitPlan>().Idempotent<IEngagementsDb>()
            .WithName("submitPlan").WithSummary("Ask for reviews");
        group.MapPost("/{id}/reviews", Review).Requires<ReviewPlan>().Idempotent<IEngagementsDb>()
            .WithName("reviewPlan").WithSummary("Approve a version of the plan for policy, legal, equalities or communications, or ask for changes");
        group.MapPost("/{id}/waivers", Waive).Requires<WaiveCheck>().Idempotent<IEngagementsDb>()
            .WithName("waiveCheck").WithSummary("Let a failing check go, with a reason");
        group.MapPost("/{id}/approval", Approve).Requires<ApproveEngagement>().Idempotent<IEngagementsDb>()
            .WithName("approveEngagement").WithSummary("Approve a version of the plan, as a second person");
        group.MapPost("/{id}/cancellation", Cancel).Requires<CancelEngagement>().Idempotent<IEngagementsDb>()
            .WithName("cancelEngagement").WithSummary("End the engagement before the loop is closed, with a public reason");
    }

    private static async Task<Ok<ReadinessView>> Readiness(EngagementId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetReadiness(id), cancellationToken));

    private static async Task<Ok<EngagementChanged>> Submit(
        EngagementId id, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        response.Answer(await mediator.Send(new SubmitPlan(id), cancellationToken));

    private static async Task<Ok<EngagementChanged>> Review(
        EngagementId id, ReviewRequest body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        response.Answer(await mediator.Send(new ReviewPlan(id, body.Kind, body.Verdict, body.Comment, body.PlanVersion), cancellationToken));

    private static async Task<Ok<EngagementChanged>> Waive(
        EngagementId id, WaiverRequest body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        response.Answer(await mediator.Send(new WaiveCheck(id, body.Check, body.Reason, body.PlanVersion), cancellationToken));

    private static async Task<Ok<EngagementChanged>> Approve(
        EngagementId id, ApprovalRequest body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        response.Answer(await mediator.Send(new ApproveEngagement(id, body.PlanVersion), cancellationToken));

    private static async Task<Ok<EngagementChanged>> Cancel(
        EngagementId id, CancellationRequest body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        response.Answer(await mediator.Send(new CancelEngagement(id, body.PublicReason), cancellationToken));

    /// <param name="PlanVersion">The version that was read, from the engagement or its readiness list.</param>
    internal sealed record ReviewRequest(ReviewKind Kind, ReviewVerdict Verdict, int PlanVersion, string? Comment = null);

    /// <param name="Check">A check's key from the readiness list.</param>
    internal sealed record WaiverRequest(string Check, string Reason, int PlanVersion);

    internal sealed record ApprovalRequest(int PlanVersion);

    internal sealed record CancellationRequest(string PublicReason);
}
