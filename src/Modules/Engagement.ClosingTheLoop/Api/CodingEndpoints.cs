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

/// <summary>The coding frame, and the coding of free text with it.</summary>
internal static class CodingEndpoints
{
    public static void MapCoding(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations/{id}", "Analysis: coding");
        group.MapGet("/themes", List).Requires<ListThemes>().WithName("listThemes").WithSummary("The coding frame, with how often each theme was raised");
        group.MapPost("/themes", Add).Requires<AddTheme>().Idempotent<IClosingTheLoopDb>().WithName("addTheme").WithSummary("Add a theme");
        group.MapPut("/themes/{themeId}", Change).Requires<ChangeTheme>().WithName("changeTheme").WithSummary("Rename, describe or move a theme");
        group.MapDelete("/themes/{themeId}", Delete).Requires<DeleteTheme>().WithName("deleteTheme").WithSummary("Delete a theme that nothing uses");
        group.MapPost("/themes/{themeId}/merge", Merge).Requires<MergeTheme>().Idempotent<IClosingTheLoopDb>()
            .WithName("mergeTheme").WithSummary("Make a theme part of another; what was coded with it counts there");
        group.MapPost("/themes/{themeId}/archival", Archive).Requires<ArchiveTheme>().Idempotent<IClosingTheLoopDb>()
            .WithName("archiveTheme").WithSummary("Offer a theme no longer; what was coded with it stays");
        group.MapGet("/responses/{responseId}/themes", ShowCoding).Requires<ShowResponseCoding>()
            .WithName("showResponseCoding").WithSummary("How one response is coded; the ETag is \"0\" while nobody has coded it");
        group.MapPut("/responses/{responseId}/themes", Code).Requires<CodeResponse>()
            .WithName("codeResponse").WithSummary("Code the free text of one response: for each question code a list of theme ids, or \"none\"");
        group.MapGet("/coding", ShowProgress).Requires<ShowCodingProgress>().WithName("showCodingProgress").WithSummary("How far the coding is, and what to code next");
        group.MapPost("/coding/completion", Complete).Requires<CompleteCoding>().Idempotent<IClosingTheLoopDb>()
            .WithName("completeCoding").WithSummary("Declare that each free text has a theme or \"none\"");
        group.MapPost("/coding/reopening", Reopen).Requires<ReopenCoding>().Idempotent<IClosingTheLoopDb>().WithName("reopenCoding").WithSummary("Reopen the coding, with a reason");
    }

    private static async Task<Ok<CodingFrame>> List(ConsultationId id, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var frame = await mediator.Send(new ListThemes(id), cancellationToken);
        response.SetETag(frame.Version);
        return TypedResults.Ok(frame);
    }

    private static async Task<Created<ThemeAddedResult>> Add(
        ConsultationId id, ThemeBody body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var added = await mediator.Send(new AddTheme(id, body.Name, body.Description, body.ParentId, body.Position), cancellationToken);
        response.SetETag(added.Version);
        return TypedResults.Created($"/api/v1/consultations/{id}/themes", added);
    }

    private static async Task<NoContent> Change(
        ConsultationId id, ThemeId themeId, ThemeBody body, IfMatch ifMatch, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(new ChangeTheme(id, themeId, body.Name, body.Description, body.ParentId, body.Position, ifMatch.Version), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Delete(
        ConsultationId id, ThemeId themeId, IfMatch ifMatch, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(new DeleteTheme(id, themeId, ifMatch.Version), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Merge(
        ConsultationId id, ThemeId themeId, MergeBody body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(new MergeTheme(id, themeId, body.Into), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Archive(ConsultationId id, ThemeId themeId, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(new ArchiveTheme(id, themeId), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<CodedResponse>> ShowCoding(
        ConsultationId id, ResponseId responseId, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var coding = await mediator.Send(new ShowResponseCoding(id, responseId), cancellationToken);
        response.SetETag(coding.Version);
        return TypedResults.Ok(new CodedResponse(
            coding.Answers.ToDictionary(a => a.Key, a => new ThemesOrNone(a.Value), StringComparer.Ordinal), coding.Uncoded));
    }

    private static async Task<NoContent> Code(
        ConsultationId id,
        ResponseId responseId,
        Dictionary<string, ThemesOrNone> body,
        IfMatch ifMatch,
        IMediator mediator,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var answers = body.ToDictionary(b => b.Key, b => b.Value.Themes, StringComparer.Ordinal);
        response.SetETag(await mediator.Send(new CodeResponse(id, responseId, answers, ifMatch.Version), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<CodingProgress>> ShowProgress(ConsultationId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowCodingProgress(id), cancellationToken));

    private static async Task<NoContent> Complete(ConsultationId id, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(new CompleteCoding(id), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Reopen(
        ConsultationId id, ReasonBody body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(new ReopenCoding(id, body.Reason), cancellationToken));
        return TypedResults.NoContent();
    }

    /// <param name="Description">What belongs under it and what does not.</param>
    /// <param name="ParentId">The theme it stands under; left out at the top.</param>
    /// <param name="Position">Its place among its siblings, lowest first.</param>
    internal sealed record ThemeBody(string Name, string Description = "", ThemeId? ParentId = null, int Position = 0);

    internal sealed record MergeBody(ThemeId Into);

    /// <param name="Answers">For each coded question its theme ids, or "none".</param>
    /// <param name="Uncoded">Free-text questions that it answered and nobody has coded.</param>
    internal sealed record CodedResponse(IReadOnlyDictionary<string, ThemesOrNone> Answers, IReadOnlyList<string> Uncoded);
}

internal sealed record ReasonBody(string Reason);
