using System.Text.Json;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Platform.Audit;
using Engagement.Platform.Web;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Engagement.Engagements.Api;

internal static class EngagementsEndpoints
{
    private const string Prefix = "/api/v1/engagements";

    public static void MapEngagementsApi(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi(Prefix, "Engagements");
        group.MapPost("/", Create).Requires<CreateEngagement>().Idempotent<IEngagementsDb>()
            .WithName("createEngagement").WithSummary("Put an engagement into the register: an idea, or a plan once it names a lead officer");
        group.MapGet("/", List).Requires<ListEngagements>()
            .WithName("listEngagements").WithSummary("The register, newest first");
        group.MapGet("/{id}", Get).Requires<GetEngagement>()
            .WithName("getEngagement").WithSummary("An engagement with its plan and what became of it");
        group.MapPatch("/{id}", Edit).Requires<EditPlan>().Accepts<EngagementPlan>(MergePatch.MediaType)
            .WithName("editPlan").WithSummary("Change the plan by a JSON merge patch; before it runs this voids reviews, waivers and approval");
        group.MapPost("/{id}/copies", Copy).Requires<CopyEngagement>().Idempotent<IEngagementsDb>()
            .WithName("copyEngagement").WithSummary("Begin a new engagement with the plan of this one, without its dates, its equality assessment and its lead officer");
        group.MapGet("/{id}/history", History).Requires<GetEngagementHistory>()
            .WithName("getEngagementHistory").WithSummary("Who did what, when and why");
        group.MapGate();
        group.MapRunning();
    }

    private static async Task<Created<EngagementChanged>> Create(
        EngagementPlan body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var created = await mediator.Send(new CreateEngagement(body), cancellationToken);
        response.SetETag(created.Version);
        return TypedResults.Created($"{Prefix}/{created.Id}", created);
    }

    private static async Task<Ok<Page<EngagementRow>>> List(
        IMediator mediator, CancellationToken cancellationToken, string? state = null, string? department = null, string? cursor = null, int? limit = null)
    {
        var size = Cursor.Limit(limit);
        var rows = await mediator.Send(new ListEngagements(ReadState(state), department, Cursor.Read(cursor), size + 1), cancellationToken);
        return TypedResults.Ok(Cursor.Cut(rows, size, r => r.Id.Value));
    }

    private static async Task<Ok<EngagementView>> Get(EngagementId id, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var engagement = await mediator.Send(new GetEngagement(id), cancellationToken);
        response.SetETag(engagement.Version);
        return TypedResults.Ok(engagement);
    }

    private static async Task<Ok<EngagementChanged>> Edit(
        EngagementId id, JsonElement body, IfMatch ifMatch, IMediator mediator, IOptions<JsonOptions> json, HttpResponse response, CancellationToken cancellationToken)
    {
        var current = await mediator.Send(new FindPlan(id), cancellationToken);
        var plan = MergePatch.Apply(current, body, json.Value.SerializerOptions);
        return response.Answer(await mediator.Send(new EditPlan(id, plan, ifMatch.Version), cancellationToken));
    }

    private static async Task<Created<EngagementChanged>> Copy(
        EngagementId id, CopyRequest body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var created = await mediator.Send(new CopyEngagement(id, body.Title), cancellationToken);
        response.SetETag(created.Version);
        return TypedResults.Created($"{Prefix}/{created.Id}", created);
    }

    private static async Task<Ok<IReadOnlyList<HistoryRow>>> History(EngagementId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetEngagementHistory(id), cancellationToken));

    /// <summary>The query's text is spelled as in answers, such as <c>in-review</c>.</summary>
    private static EngagementState? ReadState(string? text) => text is null
        ? null
        : Enum.GetValues<EngagementState>().Cast<EngagementState?>().FirstOrDefault(s => JsonNamingPolicy.KebabCaseLower.ConvertName($"{s}") == text)
            ?? throw new ValidationException([new ValidationFailure("state", "Give a state as answers spell it, such as in-review")]);

    internal static Ok<EngagementChanged> Answer(this HttpResponse response, EngagementChanged changed)
    {
        response.SetETag(changed.Version);
        return TypedResults.Ok(changed);
    }

    internal sealed record CopyRequest(string Title);
}
