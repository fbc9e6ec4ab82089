using Engagement.Consultations.Contracts;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Domain.Questions.Lint;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Participation.Api;

internal static class QuestionnaireEndpoints
{
    public static void MapQuestionnaires(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations", "Questionnaires");
        group.MapPut("/{id}/questionnaire", Revise).Requires<ReviseQuestionnaire>().WithName("reviseQuestionnaire")
            .WithSummary("Make a new version of the questionnaire; an approval of the old one is void")
            .WithDescription("Needs If-Match with the ETag once there is a questionnaire: 428 without, 412 when somebody has changed it since. 409 questionnaire-locked once the consultation has opened.");
        group.MapGet("/{id}/questionnaire", Show).Requires<ShowQuestionnaire>().WithName("showQuestionnaire")
            .WithSummary("The newest version of the questionnaire, or the one asked for");
        group.MapGet("/{id}/questionnaire/advice", Lint).Requires<LintQuestionnaire>().WithName("adviseOnQuestionnaire")
            .WithSummary("Advice on its wording: leading, double-barrelled, hard to read and the like, each with why and what to do; it blocks nothing");
    }

    private static async Task<Ok<RevisedBody>> Revise(
        ConsultationId id, QuestionnaireContent body, HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        int? expected = http.Request.Headers.IfMatch.Count == 0 ? null : (await IfMatch.BindAsync(http))!.Version;
        var result = await mediator.Send(new ReviseQuestionnaire(id, body, expected), cancellationToken);
        http.Response.SetETag(result.ETag);
        return TypedResults.Ok(new RevisedBody(result.Version, result.Digest));
    }

    private static async Task<Ok<QuestionnaireBody>> Show(
        ConsultationId id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken, int? version = null)
    {
        var view = await mediator.Send(new ShowQuestionnaire(id, version), cancellationToken);
        response.SetETag(view.ETag);
        return TypedResults.Ok(new QuestionnaireBody(view.ConsultationId, view.Version, view.LatestVersion, view.Digest, view.CreatedAt, view.Content));
    }

    private static async Task<Ok<IReadOnlyList<LintFinding>>> Lint(ConsultationId id, IMediator mediator, CancellationToken cancellationToken, int? version = null) =>
        TypedResults.Ok(await mediator.Send(new LintQuestionnaire(id, version), cancellationToken));

    /// <param name="Version">What an approver approves.</param>
    /// <param name="Digest">SHA-256 of the content, lower-case hexadecimal.</param>
    internal sealed record RevisedBody(int Version, string Digest);

    internal sealed record QuestionnaireBody(
        ConsultationId ConsultationId, int Version, int LatestVersion, string Digest, DateTimeOffset CreatedAt, QuestionnaireContent Content);
}
