using Engagement.Participation.Application.Responses;
using Engagement.Participation.Application.Telling;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Participation.Api;

/// <summary>
/// What a participant does with a receipt. The secret travels in the header <c>Receipt-Secret</c>, in the form in which it was
/// given, and suffices alone; a wrong one gets the answer of an unknown one.
/// </summary>
internal static class ReceiptEndpoints
{
    private const string About = "Needs the header Receipt-Secret with the receipt's secret.";

    public static void MapReceipts(this IEndpointRouteBuilder app)
    {
        var receipts = app.MapApi("/api/v1/public", "Receipts");
        receipts.MapGet("/receipts", Show).Requires<ShowReceipt>().WithName("showReceipt")
            .WithSummary("One's own response, and what became of it").WithDescription(About);
        receipts.MapGet("/responses/{reference}", ShowNamed).Requires<ShowReceipt>().WithName("showOwnResponse")
            .WithSummary("The same, by the response's address").WithDescription(About);
        receipts.MapPut("/responses/{reference}", Replace).Requires<ReplaceResponse>().WithName("replaceOwnResponse")
            .WithSummary("Answer anew, until the consultation closes").WithDescription(About);
        receipts.MapDelete("/responses/{reference}", Withdraw).Requires<WithdrawResponse>().WithName("withdrawOwnResponse")
            .WithSummary("Take the response back, until the consultation closes").WithDescription(About);

        receipts.MapGet("/equality-questions", ShowEquality).Requires<ShowEqualityQuestions>().WithName("showEqualityQuestions")
            .WithSummary("The equality questions, asked after a response; every one is optional");
        receipts.MapPut("/equality-answers", SaveEquality).Requires<SaveEqualityAnswers>().WithName("saveEqualityAnswers")
            .WithSummary("Answer equality questions, until a day after the consultation closes").WithDescription(About);
        receipts.MapDelete("/equality-answers", RemoveEquality).Requires<RemoveEqualityAnswers>().WithName("removeEqualityAnswers")
            .WithSummary("Take equality answers back, at any time; the response stays").WithDescription(About);

        receipts.MapGet("/unsubscribe/{token}", ShowUnsubscribe).Requires<Unsubscribe>().WithName("showUnsubscribe")
            .WithSummary("Leads to the page with the button that ends messages; looking at it ends nothing");
        receipts.MapPost("/unsubscribe/{token}", EndMessages).Requires<Unsubscribe>().WithName("unsubscribe")
            .WithSummary("End messages about a consultation with one request (RFC 8058)");
    }

    private static async Task<Ok<OwnResponse>> Show(
        [FromHeader(Name = ReceiptSecret.Header)] string? secret, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var own = await mediator.Send(new ShowReceipt(secret), cancellationToken);
        response.SetETag(own.Version);
        return TypedResults.Ok(own);
    }

    private static async Task<Ok<OwnResponse>> ShowNamed(
        string reference, [FromHeader(Name = ReceiptSecret.Header)] string? secret, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var own = await mediator.Send(new ShowReceipt(secret, reference), cancellationToken);
        response.SetETag(own.Version);
        return TypedResults.Ok(own);
    }

    private static async Task<NoContent> Replace(
        string reference, ReplacementBody body, IfMatch ifMatch, [FromHeader(Name = ReceiptSecret.Header)] string? secret,
        HttpResponse response, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        var version = await mediator.Send(
            new ReplaceResponse(secret, reference, ifMatch.Version, clock.GetUtcNow(), body.Answers, body.ConsentToPublish, body.OnBehalfOf, body.Language), cancellationToken);
        response.SetETag(version);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Withdraw(
        string reference, IfMatch ifMatch, [FromHeader(Name = ReceiptSecret.Header)] string? secret,
        TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new WithdrawResponse(secret, reference, ifMatch.Version, clock.GetUtcNow()), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<EqualityQuestions>> ShowEquality(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowEqualityQuestions(), cancellationToken));

    private static async Task<NoContent> SaveEquality(
        EqualityBody body, [FromHeader(Name = ReceiptSecret.Header)] string? secret, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new SaveEqualityAnswers(secret, clock.GetUtcNow(), body.Answers), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveEquality(
        [FromHeader(Name = ReceiptSecret.Header)] string? secret, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new RemoveEqualityAnswers(secret), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>The link in messages that were sent before there was a page for it.</summary>
    private static RedirectHttpResult ShowUnsubscribe(string token) => TypedResults.Redirect($"/updates/stop/{Uri.EscapeDataString(token)}");

    /// <summary>The body is what mail programs send, <c>List-Unsubscribe=One-Click</c>, or nothing; it is not read.</summary>
    private static async Task<ContentHttpResult> EndMessages(string token, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new Unsubscribe(token), cancellationToken);
        return TypedResults.Content("You will get no more messages about this consultation. Your response still counts.", "text/plain; charset=utf-8");
    }

    /// <param name="Answers">By question code: all of them, as when responding.</param>
    internal sealed record ReplacementBody(
        Dictionary<string, AnswerValue?> Answers, bool ConsentToPublish = false, string? OnBehalfOf = null, string? Language = null);

    /// <param name="Answers">By question code of the equality questions; leave out what you do not want to answer.</param>
    internal sealed record EqualityBody(Dictionary<string, AnswerValue?> Answers);
}
