using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Consultations.Api;

internal static class ConsulteesEndpoints
{
    public static void MapConsultees(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations/{id}/consultees", "Notices");
        group.MapGet("/", List).Requires<ListConsultees>()
            .WithName("listConsultees").WithSummary("Whom the consultation asks in person, and whether they answered");
        group.MapPost("/", Add).Requires<AddConsultee>().Idempotent<IConsultationsDb>()
            .WithName("addConsultee").WithSummary("Add somebody whom no regime names");
        group.MapPut("/{consulteeId}", Describe).Requires<DescribeConsultee>()
            .WithName("describeConsultee").WithSummary("Say who they are here and whom to write to; the contact is kept encrypted");
        group.MapGet("/{consulteeId}/contact", Contact).Requires<FindConsulteeContact>()
            .WithName("findConsulteeContact").WithSummary("Whom to write to");
        group.MapPost("/{consulteeId}/steps", Record).Requires<RecordConsultee>().Idempotent<IConsultationsDb>()
            .WithName("recordConsultee").WithSummary("Record that they were notified, that it arrived, that they were chased or that they answered");
        group.MapPost("/{consulteeId}/setting-aside", SetAside).Requires<SetConsulteeAside>().Idempotent<IConsultationsDb>()
            .WithName("setConsulteeAside").WithSummary("Say that nobody here is meant, and why");
    }

    private static async Task<Ok<ConsulteesView>> List(
        ConsultationId id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken, bool neverAnswered = false) =>
        Answer(response, await mediator.Send(new ListConsultees(id, neverAnswered), cancellationToken));

    private static async Task<Ok<ConsulteesView>> Add(ConsultationId id, NewConsultee body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new AddConsultee(id, body.Name, body.Contact), cancellationToken));

    private static async Task<Ok<ConsulteesView>> Describe(
        ConsultationId id, ConsulteeId consulteeId, NewConsultee body, IfMatch ifMatch, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new DescribeConsultee(id, consulteeId, body.Name, body.Contact, ifMatch.Version), cancellationToken));

    private static async Task<Ok<ConsulteeContact>> Contact(ConsultationId id, ConsulteeId consulteeId, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new FindConsulteeContact(id, consulteeId), cancellationToken));

    private static async Task<Ok<ConsulteesView>> Record(
        ConsultationId id, ConsulteeId consulteeId, NewStep body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new RecordConsultee(id, consulteeId, body.Step, body.On, body.Note), cancellationToken));

    private static async Task<Ok<ConsulteesView>> SetAside(
        ConsultationId id, ConsulteeId consulteeId, ConsulteeAside body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        Answer(response, await mediator.Send(new SetConsulteeAside(id, consulteeId, body.Reason), cancellationToken));

    private static Ok<ConsulteesView> Answer(HttpResponse response, ConsulteesView consultees)
    {
        response.SetETag(consultees.Version);
        return TypedResults.Ok(consultees);
    }

    /// <param name="Contact">Whom to write to, and where; kept encrypted.</param>
    internal sealed record NewConsultee(string Name, string? Contact = null);

    /// <param name="On">The UK day on which it really happened.</param>
    /// <param name="Note">How they were notified, or where the answer is.</param>
    internal sealed record NewStep(ConsulteeStep Step, DateOnly On, string? Note = null);

    internal sealed record ConsulteeAside(string Reason);
}
