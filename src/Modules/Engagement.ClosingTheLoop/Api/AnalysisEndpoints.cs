using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Contracts;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.ClosingTheLoop.Api;

/// <summary>What people answered: figures, quotations, the whole as a table.</summary>
internal static class AnalysisEndpoints
{
    public static void MapAnalysis(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations/{id}", "Analysis");
        group.MapGet("/results", ShowResults).Requires<ShowResults>()
            .WithName("showResults").WithSummary("For each question the frequencies with base, no answer and not asked, method and date");
        group.MapGet("/results/cross-table", ShowCrossTable).Requires<ShowCrossTable>()
            .WithName("showCrossTable").WithSummary("How those who gave each answer to one question answered another; small numbers are hidden");
        group.MapGet("/received", Search).Requires<SearchResponses>()
            .WithName("searchResponses").WithSummary("Responses by their words, channel, standing, coding, theme and answers, newest first; late ones that do not count too");
        group.MapGet("/export.csv", Export).Requires<ExportResponses>().Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .WithName("exportResponses").WithSummary("Every response with its themes as CSV; no contacts, no equality answers");
        group.MapGet("/export.zip", ExportArchive).Requires<ExportResponses>().Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .WithName("exportResponsesArchive").WithSummary("The same table with the questions it answers and its provenance: who made it, when, of what, with its SHA-256");
        group.MapGet("/quotations", List).Requires<ListQuotations>().WithName("listQuotations").WithSummary("Quotations and their clearance");
        group.MapPut("/quotations/{responseId}/{questionCode}", Propose).Requires<ProposeQuotation>()
            .WithName("proposeQuotation").WithSummary("Choose words of one answer to quote; If-Match is \"0\" for a first choice");
        group.MapPost("/quotations/{responseId}/{questionCode}/clearance", Clear).Requires<ClearQuotation>().Idempotent<IClosingTheLoopDb>()
            .WithName("clearQuotation").WithSummary("Let the words be shown: a second person, and only where the participant agreed");
        group.MapPost("/quotations/{responseId}/{questionCode}/withdrawal", Withdraw).Requires<WithdrawQuotation>().Idempotent<IClosingTheLoopDb>()
            .WithName("withdrawQuotation").WithSummary("Take a quotation back, at once and everywhere");
    }

    private static async Task<Ok<ConsultationResults>> ShowResults(ConsultationId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowResults(id), cancellationToken));

    /// <param name="rows">The code of a question with options.</param>
    /// <param name="columns">The code of another.</param>
    private static async Task<Ok<CrossTable>> ShowCrossTable(
        ConsultationId id, IMediator mediator, CancellationToken cancellationToken, string? rows = null, string? columns = null) =>
        TypedResults.Ok(await mediator.Send(new ShowCrossTable(id, rows, columns), cancellationToken));

    /// <param name="words">English words of the free texts, or the reference of a response.</param>
    /// <param name="option">An option that was chosen, as question=option.</param>
    /// <param name="suspected">Whether something speaks for a program as the sender.</param>
    /// <param name="after">The last response of the page before.</param>
    private static async Task<Ok<FoundResponses>> Search(
        ConsultationId id,
        IMediator mediator,
        CancellationToken cancellationToken,
        string? words = null,
        string? channel = null,
        string? standing = null,
        bool? coded = null,
        ThemeId? theme = null,
        string? option = null,
        bool? suspected = null,
        ResponseId? after = null,
        int limit = SearchResponses.PageSize) =>
        TypedResults.Ok(await mediator.Send(new SearchResponses(id, new ResponseFilter(words, channel, standing, coded, theme, option, suspected), after, Before: null, limit), cancellationToken));

    private static async Task<PushStreamHttpResult> Export(ConsultationId id, IMediator mediator, CancellationToken cancellationToken)
    {
        var export = await mediator.Send(new ExportResponses(id), cancellationToken);
        return TypedResults.Stream(stream => export.WriteToAsync(stream, report: null, cancellationToken), "text/csv; charset=utf-8", $"{export.FileName}.csv");
    }

    private static async Task<PushStreamHttpResult> ExportArchive(ConsultationId id, IMediator mediator, CancellationToken cancellationToken)
    {
        var export = await mediator.Send(new ExportResponses(id), cancellationToken);
        return TypedResults.Stream(stream => export.WriteArchiveToAsync(stream, report: null, cancellationToken), "application/zip", $"{export.FileName}.zip");
    }

    private static async Task<Ok<Page<QuotationRow>>> List(
        ConsultationId id, IMediator mediator, CancellationToken cancellationToken, string? cursor = null, int? limit = null) =>
        TypedResults.Ok(await mediator.Send(new ListQuotations(id, cursor, limit), cancellationToken));

    private static async Task<Ok<QuotationResult>> Propose(
        ConsultationId id,
        ResponseId responseId,
        string questionCode,
        QuotationBody body,
        IfMatch ifMatch,
        IMediator mediator,
        HttpResponse response,
        CancellationToken cancellationToken) =>
        WithETag(await mediator.Send(new ProposeQuotation(id, responseId, questionCode, body.Text, ifMatch.Version), cancellationToken), response);

    private static async Task<Ok<QuotationResult>> Clear(
        ConsultationId id, ResponseId responseId, string questionCode, IfMatch ifMatch, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        WithETag(await mediator.Send(new ClearQuotation(id, responseId, questionCode, ifMatch.Version), cancellationToken), response);

    private static async Task<Ok<QuotationResult>> Withdraw(
        ConsultationId id, ResponseId responseId, string questionCode, ReasonBody body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken) =>
        WithETag(await mediator.Send(new WithdrawQuotation(id, responseId, questionCode, body.Reason), cancellationToken), response);

    private static Ok<QuotationResult> WithETag(QuotationResult result, HttpResponse response)
    {
        response.SetETag(result.Version);
        return TypedResults.Ok(result);
    }

    /// <param name="Text">The words exactly, with […] for each passage left out.</param>
    internal sealed record QuotationBody(string Text);
}
