using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Participation.Api;

internal static class PublicResponsesEndpoints
{
    public static void MapPublicResponses(this IEndpointRouteBuilder app)
    {
        var consultations = app.MapApi("/api/v1/public/consultations", "Taking part");
        consultations.MapGet("/{slug}/questionnaire", ShowQuestionnaire).Requires<ShowPublicQuestionnaire>().WithName("showPublicQuestionnaire")
            .WithSummary("What the public is asked: the approved version of the questionnaire");
        consultations.MapPost("/{slug}/responses", Submit).Requires<SubmitResponse>().WithMetadata(new TakesIdempotencyKey(Required: true), new CountedAsAttribute(Sends.Response)).WithName("submitResponse")
            .WithSummary("Respond; answered once the response is stored for good")
            .WithDescription("Answers are keyed by question code: a single choice is its option's code, a multiple choice a list of codes, a scale or number a number, "
                + "a date YYYY-MM-DD, a text a text of at most the question's maximumLength (500 and 5,000 characters for short and long text unless set). "
                + "Answers to questions that routing hides are dropped. Anybody may send channel web; a client with participation:write any channel.");
    }

    private static async Task<Ok<PublicQuestionnaireView>> ShowQuestionnaire(string slug, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowPublicQuestionnaire(slug), cancellationToken));

    private static async Task<Results<Created<ReceiptBody>, UnauthorizedHttpResult>> Submit(
        string slug, SubmissionBody body, HttpContext http, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        // The body has been read by now: this is the instant that decides.
        var arrivedAt = clock.GetUtcNow();
        if (http.Request.Headers.Authorization.Count > 0 && http.User.Identity?.IsAuthenticated != true)
        {
            // Whoever shows a token wants to be that client; they are not taken for somebody else.
            return TypedResults.Unauthorized();
        }

        var key = IdempotencyKey.Parse(http.Request.Headers[IdempotencyKey.Header]);
        var receipt = await mediator.Send(
            new SubmitResponse(
                slug, key, arrivedAt, body.Answers, body.ConsentToPublish, body.OnBehalfOf, body.Language, body.Email, body.Channel ?? ResponseChannel.Web,
                http.IsOneOfMany() ? AutomationSign.Flood : null),
            cancellationToken);
        if (receipt.IsRepeat)
        {
            http.Response.Headers["Idempotency-Replayed"] = "true";
        }

        return TypedResults.Created(
            $"/api/v1/public/responses/{receipt.Reference}", new ReceiptBody(receipt.Reference, receipt.Secret, receipt.SubmittedAt, receipt.ClosesAt));
    }

    /// <param name="Answers">By question code.</param>
    /// <param name="OnBehalfOf">The organisation or person answered for; left out for oneself.</param>
    /// <param name="Language">A BCP 47 tag such as cy; left out for English.</param>
    /// <param name="Email">Where to be told what becomes of the consultation; kept apart from the answers.</param>
    internal sealed record SubmissionBody(
        Dictionary<string, AnswerValue?> Answers,
        bool ConsentToPublish = false,
        string? OnBehalfOf = null,
        string? Language = null,
        string? Email = null,
        ResponseChannel? Channel = null);

    /// <param name="Secret">Send it as Receipt-Secret to see, change or withdraw the response. It is shown here only.</param>
    /// <param name="ClosesAt">The first instant at which the response can no longer be changed.</param>
    internal sealed record ReceiptBody(string Reference, string Secret, DateTimeOffset SubmittedAt, DateTimeOffset ClosesAt);
}
