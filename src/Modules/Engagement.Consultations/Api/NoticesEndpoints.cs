using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Notices;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Engagement.Consultations.Api;

internal static class NoticesEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations/{id}/notices", "Notices");
        var types = DocumentFormat.All.Select(f => f.MediaType).ToArray();
        group.MapGet("/", List).Requires<ListNotices>()
            .WithName("listNotices").WithSummary("The notices as tasks, each with its day, citation and proof, and what those published mean for the timetable");
        group.MapPost("/", Add).Requires<AddNotice>().Idempotent<IConsultationsDb>()
            .WithName("addNotice").WithSummary("Add a notice that no regime demands");
        group.MapPut("/{noticeId}/plan", Plan).Requires<PlanNotice>()
            .WithName("planNotice").WithSummary("Say where a notice is to be published and who sees to it");
        group.MapPut("/{noticeId}/proofs/{name}", AddProof).Requires<AddNoticeProof>()
            .Accepts<Stream>(types[0], types[1..])
            .WithMetadata(new DocumentBody.SizeLimit())
            .WithName("addNoticeProof").WithSummary("Add a file that shows that a notice was published; the body is the file, up to 20 MiB");
        group.MapPost("/{noticeId}/publication", Publish).Requires<PublishNotice>().Idempotent<IConsultationsDb>()
            .WithName("publishNotice").WithSummary("Record the day on which a notice really was published; the timetable is computed anew");
        group.MapPost("/{noticeId}/setting-aside", SetAside).Requires<SetNoticeAside>().Idempotent<IConsultationsDb>()
            .WithName("setNoticeAside").WithSummary("Say that a notice does not apply, and why");
        group.MapPost("/{noticeId}/taking-up", TakeUp).Requires<TakeNoticeUp>().Idempotent<IConsultationsDb>()
            .WithName("takeNoticeUp").WithSummary("Put back among the tasks what was set aside");
        group.MapPost("/{noticeId}/correction", Correct).Requires<CorrectNotice>().Idempotent<IConsultationsDb>()
            .WithName("correctNotice").WithSummary("Begin the correction of a notice that was published and is wrong");
        app.MapApi("/api/v1/consultations/{id}/dates", "Notices").MapPut("/{input}", Happened).Requires<RecordDate>()
            .WithName("recordDate").WithSummary("Record when something really happened that a regime counts from and that is no notice");
        app.MapApi("/api/v1/consultations/{id}/proofs", "Notices").MapGet("/{proofId}", Read).Requires<ReadProof>()
            .Produces<Stream>(contentType: types[0], additionalContentTypes: types[1..])
            .WithName("readProof").WithSummary("A file that shows something, as a download");
    }

    private static async Task<Ok<NoticesView>> List(ConsultationId id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new ListNotices(id), cancellationToken));

    private static async Task<Ok<NoticesView>> Add(ConsultationId id, NewNotice body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new AddNotice(id, body.What, body.Where, body.Responsible, body.DueOn), cancellationToken));

    private static async Task<Ok<NoticesView>> Plan(
        ConsultationId id, NoticeId noticeId, PlannedNotice body, IfMatch ifMatch, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new PlanNotice(id, noticeId, body.Where, body.Responsible, body.DueOn, ifMatch.Version), cancellationToken));

    private static async Task<Ok<NoticesView>> AddProof(
        ConsultationId id, NoticeId noticeId, string name, HttpContext http, IMediator mediator, CancellationToken cancellationToken, string? kind = null)
    {
        var content = await DocumentBody.Read(http.Request, cancellationToken);
        var mediaType = MediaTypeHeaderValue.Parse(http.Request.ContentType).MediaType.Value!;
        var proof = new NewProof(QueryValue.Read<ProofKind>(kind, nameof(kind)) ?? ProofKind.File, name, mediaType, content);
        return Answer(http.Response, await mediator.Send(new AddNoticeProof(id, noticeId, proof), cancellationToken));
    }

    private static async Task<Ok<NoticesView>> Publish(
        ConsultationId id, NoticeId noticeId, NoticePublication body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(
            new PublishNotice(id, noticeId, body.PublishedOn, body.Where, body.Page is { } page ? new NewProof(ProofKind.WebPage, page) : null, body.Reason), cancellationToken));

    private static async Task<Ok<NoticesView>> SetAside(
        ConsultationId id, NoticeId noticeId, SettingAside body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new SetNoticeAside(id, noticeId, body.Reason), cancellationToken));

    private static async Task<Ok<NoticesView>> TakeUp(ConsultationId id, NoticeId noticeId, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new TakeNoticeUp(id, noticeId), cancellationToken));

    private static async Task<Ok<NoticesView>> Correct(
        ConsultationId id, NoticeId noticeId, CorrectionOfNotice body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new CorrectNotice(id, noticeId, body.WhatWasWrong, body.RestartsTime, body.DueOn), cancellationToken));

    private static async Task<Ok<NoticesView>> Happened(
        ConsultationId id, string input, RecordedDate body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new RecordDate(id, input, body.On), cancellationToken));

    private static async Task<FileContentHttpResult> Read(ConsultationId id, ProofId proofId, IMediator mediator, CancellationToken cancellationToken) =>
        DocumentBody.Download(await mediator.Send(new ReadProof(id, proofId), cancellationToken));

    private static Ok<NoticesView> Answer(HttpResponse response, NoticesView notices)
    {
        response.SetETag(notices.Version);
        return TypedResults.Ok(notices);
    }

    /// <param name="Responsible">Who sees to it, such as a team.</param>
    internal sealed record NewNotice(string What, string? Where = null, string? Responsible = null, DateOnly? DueOn = null);

    /// <param name="DueOn">Of a notice that a regime demands: the day that it has.</param>
    internal sealed record PlannedNotice(string? Where = null, string? Responsible = null, DateOnly? DueOn = null);

    /// <param name="PublishedOn">The UK day on which it really was published.</param>
    /// <param name="Page">The address of a page that shows it; may be left out where a proof was added before.</param>
    /// <param name="Reason">Why the record changes, where it was recorded before.</param>
    internal sealed record NoticePublication(DateOnly PublishedOn, string Where, string? Page = null, string? Reason = null);

    /// <param name="On">The UK day on which it really happened.</param>
    internal sealed record RecordedDate(DateOnly On);

    internal sealed record SettingAside(string Reason);

    /// <param name="WhatWasWrong">In words for the public.</param>
    /// <param name="RestartsTime">Time runs anew from the correction.</param>
    internal sealed record CorrectionOfNotice(string WhatWasWrong, bool RestartsTime, DateOnly DueOn);
}
