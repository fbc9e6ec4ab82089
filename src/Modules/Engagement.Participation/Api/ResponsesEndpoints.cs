using Engagement.Consultations.Contracts;
using Engagement.Participation.Application;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Participation.Api;

internal static class ResponsesEndpoints
{
    public static void MapResponses(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations", "Responses");
        group.MapGet("/{id}/responses", List).Requires<ListResponses>().WithName("listResponses")
            .WithSummary("Responses to a consultation by cursor, without addresses and equality answers");
        group.MapGet("/{id}/responses/arrivals", Count).Requires<CountArrivals>().WithName("countArrivals")
            .WithSummary("How many responses have come, by UK day and by channel");
        group.MapGet("/{id}/responses/{responseId}", Show).Requires<ShowResponse>().WithName("showResponse")
            .WithSummary("One response");
        group.MapPost("/{id}/responses", Log).Requires<LogResponse>().Idempotent<IParticipationDb>().WithName("logResponse")
            .WithSummary("Log a response that came on paper, by e-mail, by telephone or at an event")
            .WithDescription("In time it counts; after the deadline it stays outside the count until somebody else rules on it. Required questions may be left out, as on paper.");
        group.MapPost("/{id}/responses/{responseId}/ruling", Rule).Requires<RuleOnLateResponse>().Idempotent<IParticipationDb>().WithName("ruleOnLateResponse")
            .WithSummary("Rule whether a late response counts; not by whoever logged it");
    }

    private static async Task<Ok<Page<ResponseRow>>> List(
        ConsultationId id, IMediator mediator, CancellationToken cancellationToken,
        string? cursor = null, int? limit = null, string? channel = null, bool? late = null, DateOnly? from = null, DateOnly? to = null) =>
        TypedResults.Ok(await mediator.Send(new ListResponses(id, cursor, limit, Channel(channel), late, from, to), cancellationToken));

    private static async Task<Ok<ArrivalsView>> Count(ConsultationId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CountArrivals(id), cancellationToken));

    private static async Task<Ok<ResponseRow>> Show(ConsultationId id, ResponseId responseId, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowResponse(id, responseId), cancellationToken));

    private static async Task<Created<LoggedResponse>> Log(ConsultationId id, LogBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        var logged = await mediator.Send(
            new LogResponse(id, body.Channel, body.ReceivedOn, body.ReceivedAt, body.Answers, body.ConsentToPublish, body.OnBehalfOf, body.Language, body.Email, body.Evidence),
            cancellationToken);
        return TypedResults.Created($"/api/v1/consultations/{id}/responses/{logged.Id}", logged);
    }

    private static async Task<NoContent> Rule(
        ConsultationId id, ResponseId responseId, RulingBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new RuleOnLateResponse(id, responseId, body.Admit, body.Reason), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>A channel in the address is written as in a body.</summary>
    private static ResponseChannel? Channel(string? text) =>
        text is null ? null
        : Enum.GetValues<ResponseChannel>().Cast<ResponseChannel?>().FirstOrDefault(c => string.Equals(c.ToString()!.ToLowerInvariant(), text, StringComparison.Ordinal))
        ?? throw new FluentValidation.ValidationException(
            [new FluentValidation.Results.ValidationFailure("channel", $"Give one of {string.Join(", ", Enum.GetNames<ResponseChannel>()).ToLowerInvariant()}")]);

    /// <param name="ReceivedOn">The UK day on which it reached the council; or give receivedAt.</param>
    /// <param name="ReceivedAt">The instant at which it reached the council, where it is known.</param>
    /// <param name="Answers">By question code, as when responding.</param>
    /// <param name="Evidence">What shows when it came; needed once the set of responses has been sealed.</param>
    internal sealed record LogBody(
        ResponseChannel Channel,
        Dictionary<string, AnswerValue?> Answers,
        DateOnly? ReceivedOn = null,
        DateTimeOffset? ReceivedAt = null,
        bool ConsentToPublish = false,
        string? OnBehalfOf = null,
        string? Language = null,
        string? Email = null,
        string? Evidence = null);

    /// <param name="Admit">True: it counts from now on, for good. False: it does not, and may be ruled on again.</param>
    internal sealed record RulingBody(bool Admit, string Reason);
}
