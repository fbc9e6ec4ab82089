using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Consultations.Api;

internal static class AssuranceEndpoints
{
    public static void MapAssurance(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations/{id}/assurance", "Consultations");
        group.MapGet("/", Show).Requires<ShowAssurance>()
            .WithName("showAssurance").WithSummary("Evidence and judgements for each principle and practice of fair consultation, checkpoints and the review at the middle");
        group.MapPost("/evidence", Add).Requires<AddEvidence>().Idempotent<IConsultationsDb>()
            .WithName("addEvidence").WithSummary("Add what shows how a principle or practice was kept; it is never taken away");
        group.MapPost("/judgements", Judge).Requires<JudgePractices>().Idempotent<IConsultationsDb>()
            .WithName("judgePractices").WithSummary("Judge principles and practices at publication, before it opens, or at the decision, once it has closed");
        group.MapPost("/checkpoints", Sign).Requires<SignCheckpoint>().Idempotent<IConsultationsDb>()
            .WithName("signCheckpoint").WithSummary("Sign, as somebody who wrote none of it, that a part was checked in its present version");
        group.MapPost("/mid-point-review", Review).Requires<ReviewMidPoint>().Idempotent<IConsultationsDb>()
            .WithName("reviewMidPoint").WithSummary("Record what was chosen when half of the time had passed, with the figures of that moment");
    }

    private static async Task<Ok<AssuranceView>> Show(ConsultationId id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var assurance = await mediator.Send(new ShowAssurance(id), cancellationToken);
        response.SetETag(assurance.Version);
        return TypedResults.Ok(assurance);
    }

    private static async Task<Ok<AssuranceChanged>> Add(ConsultationId id, EvidenceRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new AddEvidence(id, body.Practice, body.Text, body.Link, body.Document), cancellationToken));

    private static async Task<Ok<AssuranceChanged>> Judge(ConsultationId id, JudgementsRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new JudgePractices(id, body.Stage, body.Judgements), cancellationToken));

    private static async Task<Ok<AssuranceChanged>> Sign(ConsultationId id, CheckpointRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new SignCheckpoint(id, body.Kind, body.Remark), cancellationToken));

    private static async Task<Ok<AssuranceChanged>> Review(ConsultationId id, MidPointRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new ReviewMidPoint(id, body.Choice, body.Reason, body.Outreach), cancellationToken));

    private static Ok<AssuranceChanged> Answer(HttpResponse response, AssuranceChanged changed)
    {
        response.SetETag(changed.Version);
        return TypedResults.Ok(changed);
    }

    /// <param name="Practice">Such as <c>adequate-time</c>; the assurance lists them.</param>
    /// <param name="Link">An address that begins with http:// or https://.</param>
    /// <param name="Document">The id of a paper of the consultation.</param>
    internal sealed record EvidenceRequest(string Practice, string Text, string? Link = null, DocumentId? Document = null);

    internal sealed record JudgementsRequest(AssuranceStage Stage, IReadOnlyList<PracticeJudgement> Judgements);

    internal sealed record CheckpointRequest(CheckpointKind Kind, string? Remark = null);

    /// <param name="Outreach">What more is done to reach people; needed with <c>add-outreach</c>.</param>
    internal sealed record MidPointRequest(MidPointChoice Choice, string Reason, string? Outreach = null);
}
