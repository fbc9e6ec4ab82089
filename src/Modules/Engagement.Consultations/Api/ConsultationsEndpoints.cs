using System.Text.Json;
using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Bundles;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Contracts;
using Engagement.Platform.Audit;
using Engagement.Platform.Notifications;
using Engagement.Platform.Persistence;
using Engagement.Platform.Web;
using Engagement.Platform.Work;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Engagement.Consultations.Api;

internal static class ConsultationsEndpoints
{
    public static void MapConsultations(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations", "Consultations");
        group.MapPost("/", Create).Requires<CreateConsultation>().Idempotent<IConsultationsDb>()
            .WithName("createConsultation").WithSummary("Draft a consultation for an engagement");
        group.MapGet("/", List).Requires<ListConsultations>()
            .WithName("listConsultations").WithSummary("Consultations, newest first");
        group.MapGet("/{id}", Show).Requires<ShowConsultation>()
            .WithName("showConsultation").WithSummary("One consultation");
        group.MapPatch("/{id}", Edit).Requires<EditConsultation>().Accepts<ConsultationDetails>(MergePatch.MediaType)
            .WithName("editConsultation").WithSummary("Change a consultation that has not opened (JSON merge patch); an approval is void");
        group.MapGet("/{id}/timetable", ShowDates).Requires<ShowTimetable>()
            .WithName("showConsultationTimetable").WithSummary("The dates the law asks for, each with rule, citation and working");
        group.MapGet("/{id}/readiness", ShowReadiness).Requires<CheckReadiness>()
            .WithName("showConsultationReadiness").WithSummary("Everything that must hold before it can be put forward, met or not, and who may approve");
        group.MapPost("/{id}/schedule", Schedule).Requires<ScheduleConsultation>().Idempotent<IConsultationsDb>()
            .WithName("scheduleConsultation").WithSummary("Check the dates against the law and put the consultation before an approver");
        group.MapPost("/{id}/approval", Approve).Requires<ApproveConsultation>().Idempotent<IConsultationsDb>()
            .WithName("approveConsultation").WithSummary("Approve, as a second person, the version that If-Match names");
        group.MapPost("/{id}/extension", Extend).Requires<ProposeExtension>().Idempotent<IConsultationsDb>()
            .WithName("proposeExtension").WithSummary("Propose a later deadline with a public reason");
        group.MapPost("/{id}/extension/approval", ApproveExtended).Requires<ApproveExtension>().Idempotent<IConsultationsDb>()
            .WithName("approveExtension").WithSummary("Confirm, as a second person, the later deadline before the present one has passed");
        group.MapPost("/{id}/withdrawal", Withdraw).Requires<WithdrawConsultation>().Idempotent<IConsultationsDb>()
            .WithName("withdrawConsultation").WithSummary("End a consultation for good before it closes, with a public reason");
        group.MapPost("/{id}/restart", Restart).Requires<RestartConsultation>().Idempotent<IConsultationsDb>()
            .WithName("restartConsultation").WithSummary("Draft a new round, linked to this one, saying publicly what changed; what is still open is withdrawn");
        group.MapGet("/{id}/notifications", Notifications).Requires<ListConsultationNotifications>()
            .WithName("listConsultationNotifications").WithSummary("What became of the messages about it, latest first");
        group.MapPost("/{id}/notifications/resends", Resend).Requires<ResendConsultationNotifications>().Idempotent<IConsultationsDb>()
            .WithName("resendConsultationNotifications").WithSummary("Send again the messages about it that failed, and no other");
        group.MapPost("/{id}/bundle", MakeBundle).Requires<AskForBundle>().Idempotent<IPlatformDb>()
            .WithName("makeBundle").WithSummary("Have the challenge bundle made, redacted or in full; the answer names the work, whose file it becomes");
        group.MapGet("/{id}/history", History).Requires<ShowHistory>()
            .WithName("showConsultationHistory").WithSummary("Who did what when and why, in all modules, hash-chained");
    }

    private static async Task<Ok<NotificationLogPage>> Notifications(
        ConsultationId id, IMediator mediator, CancellationToken cancellationToken, string? kind = null, string? state = null, string? cursor = null, int? limit = null) =>
        TypedResults.Ok(await mediator.Send(new ListConsultationNotifications(id, kind, QueryValue.Read<NotificationState>(state, nameof(state)), cursor, limit), cancellationToken));

    private static async Task<Ok<Resent>> Resend(ConsultationId id, ResendRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ResendConsultationNotifications(id, body.Kind), cancellationToken));

    private static async Task<Created<ConsultationView>> Create(
        NewConsultation body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var created = await mediator.Send(new CreateConsultation(body.EngagementId, body), cancellationToken);
        response.SetETag(created.Version);
        return TypedResults.Created($"/api/v1/consultations/{created.Id}", created);
    }

    private static async Task<Ok<Page<ConsultationRow>>> List(
        IMediator mediator, CancellationToken cancellationToken, string? status = null, EngagementId? engagementId = null, string? cursor = null, int? limit = null) =>
        TypedResults.Ok(await mediator.Send(new ListConsultations(QueryValue.Read<ConsultationStatus>(status, nameof(status)), engagementId, cursor, limit), cancellationToken));

    private static async Task<Ok<ConsultationView>> Show(ConsultationId id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new ShowConsultation(id), cancellationToken));

    private static async Task<Ok<ConsultationView>> Edit(
        ConsultationId id, IfMatch ifMatch, JsonElement patch, IOptions<JsonOptions> json, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var current = await mediator.Send(new FindConsultationDetails(id), cancellationToken);
        var patched = MergePatch.Apply(current, patch, json.Value.SerializerOptions);
        return Answer(response, await mediator.Send(new EditConsultation(id, ifMatch.Version, patched), cancellationToken));
    }

    private static async Task<Ok<ConsultationTimetableView>> ShowDates(ConsultationId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowTimetable(id), cancellationToken));

    private static async Task<Ok<ConsultationReadinessView>> ShowReadiness(ConsultationId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CheckReadiness(id), cancellationToken));

    private static async Task<Ok<ConsultationView>> Schedule(
        ConsultationId id, ScheduleRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new ScheduleConsultation(id, body.Version, body.GoodPracticeReason, body.Reasons), cancellationToken));

    private static async Task<Ok<ConsultationView>> Approve(
        ConsultationId id, IfMatch ifMatch, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new ApproveConsultation(id, ifMatch.Version), cancellationToken));

    private static async Task<Ok<ConsultationView>> Extend(
        ConsultationId id, ExtensionRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new ProposeExtension(id, body.Closes, body.PublicReason, body.Version), cancellationToken));

    private static async Task<Ok<ConsultationView>> ApproveExtended(
        ConsultationId id, IfMatch ifMatch, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new ApproveExtension(id, ifMatch.Version), cancellationToken));

    private static async Task<Ok<ConsultationView>> Withdraw(
        ConsultationId id, WithdrawalRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new WithdrawConsultation(id, body.PublicReason, body.Version), cancellationToken));

    private static async Task<Accepted<WorkBegun>> MakeBundle(ConsultationId id, BundleRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        WorkBegun.Answer(await mediator.Send(new AskForBundle(id, body.InFull), cancellationToken));

    private static async Task<Created<ConsultationView>> Restart(
        ConsultationId id, RestartRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var next = await mediator.Send(new RestartConsultation(id, body.WhatChanged, body.Opens, body.Closes, body.Version), cancellationToken);
        response.SetETag(next.Version);
        return TypedResults.Created($"/api/v1/consultations/{next.Id}", next);
    }

    private static async Task<Ok<Page<AggregateHistoryRow>>> History(
        ConsultationId id, IMediator mediator, CancellationToken cancellationToken, string? cursor = null, int? limit = null) =>
        TypedResults.Ok(await mediator.Send(new ShowHistory(id, cursor, limit), cancellationToken));

    private static Ok<ConsultationView> Answer(HttpResponse response, ConsultationView consultation)
    {
        response.SetETag(consultation.Version);
        return TypedResults.Ok(consultation);
    }

    internal sealed record NewConsultation : ConsultationDetails
    {
        public required EngagementId EngagementId { get; init; }
    }

    /// <param name="Version">The version you read; leave it out to schedule whatever is newest.</param>
    /// <param name="GoodPracticeReason">Why good practice is departed from, for each finding that <paramref name="Reasons"/> does not name.</param>
    /// <param name="Reasons">The same by the rule of the finding, such as <c>good-practice-period/recommended_close_6_weeks</c>.</param>
    internal sealed record ScheduleRequest(int? Version = null, string? GoodPracticeReason = null, IReadOnlyDictionary<string, string>? Reasons = null);

    /// <param name="Closes">The new deadline: without a time, to the end of the day.</param>
    /// <param name="PublicReason">Shown to the public and told to everybody who responded or subscribed.</param>
    /// <param name="Version">The version you read; may be left out.</param>
    internal sealed record ExtensionRequest(UkMoment Closes, string PublicReason, int? Version = null);

    /// <param name="WhatChanged">Shown to the public and told to everybody who responded or subscribed, when the new round opens.</param>
    /// <param name="Version">The version you read; may be left out.</param>
    internal sealed record RestartRequest(string WhatChanged, UkMoment Opens, UkMoment Closes, int? Version = null);

    internal sealed record WithdrawalRequest(string PublicReason, int? Version = null);

    /// <param name="InFull">With people's own words; needs the scope participation:read. False leaves them out.</param>
    internal sealed record BundleRequest(bool InFull = false);

    /// <param name="Kind">Only this kind of message; null for each.</param>
    internal sealed record ResendRequest(string? Kind);
}
