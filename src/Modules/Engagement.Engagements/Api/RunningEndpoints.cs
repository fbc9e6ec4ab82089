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

/// <summary>From the approval to the lessons.</summary>
internal static class RunningEndpoints
{
    public static void MapRunning(this RouteGroupBuilder group)
    {
        group.MapPost("/{id}/activities", Record).Requires<RecordActivity>().Idempotent<IEngagementsDb>()
            .WithName("recordActivity").WithSummary("Record something done to tell people, with its reach");
        group.MapPut("/{id}/success-criteria/{criterionKey}/score", Score).Requires<ScoreSuccessCriterion>()
            .WithName("scoreSuccessCriterion").WithSummary("Write down what was measured for a success criterion");
        group.MapPost("/{id}/evaluation", Evaluate).Requires<EvaluateEngagement>().Idempotent<IEngagementsDb>()
            .WithName("evaluateEngagement").WithSummary("End the engagement with its lessons, once every success criterion is scored");
    }

    private static async Task<Created<ActivityAdded>> Record(
        EngagementId id, ActivityRequest body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var command = new RecordActivity(id, body.Title, body.Medium, body.HeldOn, body.Reach, body.ReachMeasure, body.TargetGroups ?? []);
        var added = await mediator.Send(command, cancellationToken);
        response.SetETag(added.Engagement.Version);
        return TypedResults.Created((string?)null, added);
    }

    private static async Task<Ok<EngagementChanged>> Score(
        EngagementId id, string criterionKey, ScoreRequest body, IfMatch ifMatch, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        response.Answer(await mediator.Send(
            new ScoreSuccessCriterion(id, criterionKey, body.MeasuredValue, body.Note, body.MeasuredOn, ifMatch.Version), cancellationToken));

    private static async Task<Ok<EngagementChanged>> Evaluate(
        EngagementId id, EvaluationRequest body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        response.Answer(await mediator.Send(new EvaluateEngagement(id, body.Lessons), cancellationToken));

    /// <param name="HeldOn">A UK date, today or earlier.</param>
    /// <param name="Reach">People.</param>
    /// <param name="ReachMeasure">How the number was come by, such as <c>leaflets delivered, one a household</c>.</param>
    /// <param name="TargetGroups">Keys from the plan; none means all groups.</param>
    internal sealed record ActivityRequest(
        string Title, PublicityMedium Medium, DateOnly HeldOn, int Reach, string ReachMeasure, IReadOnlyList<string>? TargetGroups = null);

    /// <param name="MeasuredOn">A UK date, today or earlier.</param>
    internal sealed record ScoreRequest(decimal MeasuredValue, DateOnly MeasuredOn, string? Note = null);

    internal sealed record EvaluationRequest(string Lessons);
}
