using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.ClosingTheLoop.Api;

/// <summary>The decision, the outcome, its commitments, and what is late.</summary>
internal static class OutcomeEndpoints
{
    public static void MapOutcomes(this IEndpointRouteBuilder app)
    {
        var one = app.MapApi("/api/v1/consultations/{id}", "Outcomes");
        one.MapPost("/decision", RecordDecision).Requires<RecordDecision>().Idempotent<IClosingTheLoopDb>()
            .WithName("recordDecision").WithSummary("Record what was decided, by whom and when, and that the report was considered");
        one.MapGet("/outcome", Show).Requires<ShowOutcome>().WithName("showOutcome").WithSummary("The outcome as it is being written, and what stands in the way of publication");
        one.MapPut("/outcome", Write).Requires<WriteOutcome>().WithName("writeOutcome").WithSummary("Write the outcome or its correction: for each theme asked, said, disposition, did, reason");
        one.MapPost("/outcome/publication", Publish).Requires<PublishOutcome>().Idempotent<IClosingTheLoopDb>()
            .WithName("publishOutcome").WithSummary("Publish what is written: by somebody who wrote none of it, and only when every theme is answered");
        one.MapPost("/outcome/due-date", MoveDueDate).Requires<MoveOutcomeDueDate>().Idempotent<IClosingTheLoopDb>()
            .WithName("moveOutcomeDueDate").WithSummary("Promise the outcome for another day, with a public reason");
        one.MapPut("/commitments/{commitmentId}", UpdateCommitment).Requires<UpdateCommitment>()
            .WithName("updateCommitment").WithSummary("Say in public how a promise is getting on");

        var all = app.MapApi("/api/v1/outcomes", "Outcomes");
        all.MapGet("/overdue", ListOverdue).Requires<ListOverdueOutcomes>().WithName("listOverdueOutcomes").WithSummary("Outcomes that are late, longest overdue first");
        all.MapGet("/commitments/overdue", ListOverdueCommitments).Requires<ListOverdueCommitments>()
            .WithName("listOverdueCommitments").WithSummary("Public promises that are late, longest overdue first");

        var open = app.MapApi("/api/v1/public/consultations/{slug}/outcome", "Public");
        open.MapGet("/", ShowPublic).Requires<ShowPublicOutcome>()
            .WithName("showPublicOutcome").WithSummary("What became of a closed consultation, or when that is due and whether it is late");
        open.MapGet("/versions/{version:int}", ShowPublicVersion).Requires<ShowPublicOutcome>().WithName("showPublicOutcomeVersion").WithSummary("An earlier version of the outcome");
    }

    private static async Task<NoContent> RecordDecision(
        ConsultationId id, DecisionBody body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var decision = new Decision(body.Body, body.DecidedOn, body.Minute, body.DecisionMaker, body.ReportReference, body.Summary, body.ReportVersion, body.ReportReadOn, body.ReportSha256);
        response.SetETag(await mediator.Send(new RecordDecision(id, decision, body.ConfirmsConsideration, body.CorrectionReason), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<OutcomeView>> Show(ConsultationId id, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var outcome = await mediator.Send(new ShowOutcome(id), cancellationToken);
        response.SetETag(outcome.Version);
        return TypedResults.Ok(outcome);
    }

    private static async Task<NoContent> Write(
        ConsultationId id, OutcomeBody body, IfMatch ifMatch, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(
            new WriteOutcome(id, body.Introduction, body.Themes ?? [], body.WhatHappensNext, body.Commitments ?? [], ifMatch.Version), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PublishOutcomeResult>> Publish(
        ConsultationId id, PublicationBody? body, IfMatch ifMatch, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        var published = await mediator.Send(new PublishOutcome(id, body?.Reason, ifMatch.Version), cancellationToken);
        response.SetETag(published.Version);
        return TypedResults.Ok(published);
    }

    private static async Task<NoContent> MoveDueDate(
        ConsultationId id, DueDateBody body, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(new MoveOutcomeDueDate(id, body.DueOn, body.PublicReason), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UpdateCommitment(
        ConsultationId id, CommitmentId commitmentId, CommitmentBody body, IfMatch ifMatch, IMediator mediator, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await mediator.Send(new UpdateCommitment(id, commitmentId, body.Status, body.Note, ifMatch.Version), cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<OverdueOutcome>>> ListOverdue(
        IMediator mediator, CancellationToken cancellationToken, string? cursor = null, int? limit = null) =>
        TypedResults.Ok(await mediator.Send(new ListOverdueOutcomes(cursor, limit), cancellationToken));

    private static async Task<Ok<Page<OverdueCommitment>>> ListOverdueCommitments(
        IMediator mediator, CancellationToken cancellationToken, string? cursor = null, int? limit = null) =>
        TypedResults.Ok(await mediator.Send(new ListOverdueCommitments(cursor, limit), cancellationToken));

    private static async Task<Ok<PublicOutcome>> ShowPublic(string slug, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowPublicOutcome(slug), cancellationToken));

    private static async Task<Ok<PublicOutcome>> ShowPublicVersion(string slug, int version, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ShowPublicOutcome(slug, version), cancellationToken));

    /// <param name="Body">Who decided, such as Cabinet.</param>
    /// <param name="DecidedOn">The UK date of the decision: not before the close, not before the coding was complete, not in the future.</param>
    /// <param name="Minute">The minute or record of the decision, such as its number or address.</param>
    /// <param name="ReportVersion">The version that the decision-maker read; needed.</param>
    /// <param name="ReportReadOn">The UK date on which they had read it, from the day of the analysis to that of the decision; needed.</param>
    /// <param name="ReportSha256">Of the report's file, lower-case hexadecimal.</param>
    /// <param name="ConfirmsConsideration">The named decision-maker confirms that the report was considered before the decision.</param>
    /// <param name="CorrectionReason">Only to correct a decision that has been recorded.</param>
    internal sealed record DecisionBody(
        string Body,
        DateOnly DecidedOn,
        string Minute,
        DecisionMaker DecisionMaker,
        bool ConfirmsConsideration,
        string ReportReference,
        string Summary,
        string? ReportVersion = null,
        DateOnly? ReportReadOn = null,
        string? ReportSha256 = null,
        string? CorrectionReason = null);

    /// <param name="Themes">In the order shown.</param>
    /// <param name="Commitments">With the id of one that is there already; without for a new one.</param>
    internal sealed record OutcomeBody(
        string Introduction, IReadOnlyList<ThemeAnswer>? Themes = null, string? WhatHappensNext = null, IReadOnlyList<CommitmentText>? Commitments = null);

    /// <param name="Reason">What is corrected and why: needed from the second version on.</param>
    internal sealed record PublicationBody(string? Reason = null);

    internal sealed record DueDateBody(DateOnly DueOn, string PublicReason);

    /// <param name="Note">What has been done, or for not-done why it will not be.</param>
    internal sealed record CommitmentBody(CommitmentStatus Status, string Note);
}
