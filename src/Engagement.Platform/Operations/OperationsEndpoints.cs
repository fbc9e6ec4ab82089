using Engagement.Platform.Audit;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Engagement.Platform.Persistence;
using Engagement.Platform.Web;
using Engagement.Platform.Work;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Platform.Operations;

/// <summary>What administrators look after: jobs, events, messages, the history; and long work of whoever asked for it.</summary>
public static class OperationsEndpoints
{
    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder app)
    {
        var administration = app.MapApi("/api/v1/administration", "Administration");
        administration.MapGet("/summary", async (IMediator mediator, CancellationToken cancellationToken) => TypedResults.Ok(await mediator.Send(new ShowOperations(), cancellationToken)))
            .Requires<ShowOperations>().WithName("showOperations").WithSummary("Whether the service does its work");
        administration.MapGet("/jobs", async (IMediator mediator, CancellationToken cancellationToken) => TypedResults.Ok(await mediator.Send(new ListJobs(), cancellationToken)))
            .Requires<ListJobs>().WithName("listJobs").WithSummary("Every job with its schedule and how it last went");
        administration.MapGet("/jobs/{name}", async (string name, IMediator mediator, CancellationToken cancellationToken) => TypedResults.Ok(await mediator.Send(new ShowJob(name), cancellationToken)))
            .Requires<ShowJob>().WithName("showJob").WithSummary("One job with its latest runs");
        administration.MapPost("/jobs/{name}/runs", async (string name, IMediator mediator, CancellationToken cancellationToken) => Begun(await mediator.Send(new RunJobNow(name), cancellationToken)))
            .Requires<RunJobNow>().Idempotent<IPlatformDb>().WithName("runJobNow").WithSummary("Run a job without waiting for its turn");
        administration.MapGet("/events/stuck", async (IMediator mediator, CancellationToken cancellationToken) => TypedResults.Ok(await mediator.Send(new ListStuckEvents(), cancellationToken)))
            .Requires<ListStuckEvents>().WithName("listStuckEvents").WithSummary("Events that a subscriber could not handle");
        administration.MapPost("/events/retries", async (RetryBody body, IMediator mediator, CancellationToken cancellationToken) => TypedResults.Ok(await mediator.Send(new TryEventsAgain(body.EventId, body.Subscriber), cancellationToken)))
            .Requires<TryEventsAgain>().Idempotent<IPlatformDb>().WithName("tryEventsAgain").WithSummary("Let parked events be tried once more: one, or all");
        administration.MapGet("/notifications", ListNotifications)
            .Requires<ListNotifications>().WithName("listNotifications").WithSummary("The log of messages to people, latest first");
        administration.MapPost("/notifications/resends", async (ResendBody body, IMediator mediator, CancellationToken cancellationToken) => TypedResults.Ok(await mediator.Send(new ResendFailedNotifications(body.SubjectId, body.Kind), cancellationToken)))
            .Requires<ResendFailedNotifications>().Idempotent<IPlatformDb>().WithName("resendFailedNotifications").WithSummary("Send again what failed, and nothing else");
        administration.MapGet("/history", SearchHistory)
            .Requires<SearchHistory>().WithName("searchHistory").WithSummary("Everything that happened, latest first");
        administration.MapPost("/history/verifications", async (VerificationBody body, IMediator mediator, CancellationToken cancellationToken) => Begun(await mediator.Send(new VerifyHistory(body.Only), cancellationToken)))
            .Requires<VerifyHistory>().Idempotent<IPlatformDb>().WithName("verifyHistory").WithSummary("Walk the chains of the history and name what does not fit");

        var work = app.MapApi("/api/v1/work", "Work");
        work.MapGet("/", async (IMediator mediator, CancellationToken cancellationToken, Guid? about = null, string? kind = null) => TypedResults.Ok(await mediator.Send(new ListOwnWork(about, kind), cancellationToken)))
            .Requires<ListOwnWork>().WithName("listOwnWork").WithSummary("The latest long work that you asked for");
        work.MapGet("/{id}", async (WorkId id, IMediator mediator, CancellationToken cancellationToken) => TypedResults.Ok(await mediator.Send(new ShowWork(id), cancellationToken)))
            .Requires<ShowWork>().WithName("showWork").WithSummary("How far a piece of work is");
        work.MapPost("/{id}/cancellation", async (WorkId id, IMediator mediator, CancellationToken cancellationToken) => TypedResults.Ok(await mediator.Send(new CancelWork(id), cancellationToken)))
            .Requires<CancelWork>().Idempotent<IPlatformDb>().WithName("cancelWork").WithSummary("Stop a piece of work");
        work.MapGet("/{id}/file", TakeFile).Requires<TakeWorkFile>().Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .WithName("takeWorkFile").WithSummary("The file that a piece of work made");
        return app;
    }

    private static async Task<Ok<NotificationLogPage>> ListNotifications(
        IMediator mediator, CancellationToken cancellationToken, Guid? subjectId = null, string? kind = null, string? state = null, string? cursor = null, int? limit = null) =>
        TypedResults.Ok(await mediator.Send(new ListNotifications(subjectId, kind, QueryValue.Read<NotificationState>(state, nameof(state)), cursor, limit), cancellationToken));

    private static async Task<Ok<Page<FoundEntry>>> SearchHistory(
        IMediator mediator,
        CancellationToken cancellationToken,
        Guid? aggregate = null,
        string? actor = null,
        string? @event = null,
        string? module = null,
        DateOnly? from = null,
        DateOnly? to = null,
        string? cursor = null,
        int? limit = null) =>
        TypedResults.Ok(await mediator.Send(new SearchHistory(aggregate, actor, @event, module, from, to, cursor, limit), cancellationToken));

    private static async Task<PushStreamHttpResult> TakeFile(WorkId id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var file = await mediator.Send(new TakeWorkFile(id), cancellationToken);
        response.ContentLength = file.Size;
        return TypedResults.Stream(stream => file.WriteToAsync(stream, cancellationToken), file.MediaType, file.Name);
    }

    private static Accepted<WorkBegun> Begun(WorkId id) => WorkBegun.Answer(id);

    /// <param name="EventId">Null for every parked event.</param>
    /// <param name="Subscriber">Null for each subscriber.</param>
    internal sealed record RetryBody(Guid? EventId, string? Subscriber);

    /// <param name="SubjectId">Only what is about this; null for all.</param>
    /// <param name="Kind">Only this kind; null for each.</param>
    internal sealed record ResendBody(Guid? SubjectId, string? Kind);

    /// <param name="Only">One aggregate; null for the whole record with its seals.</param>
    internal sealed record VerificationBody(Guid? Only);
}
