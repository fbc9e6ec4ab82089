using System.Globalization;
using Engagement.Consultations.Application.Public;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Consultations.Api;

/// <summary>Without sign-in. What is not published is answered like what does not exist.</summary>
internal static class PublicConsultationsEndpoints
{
    public static void MapPublicConsultations(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/public/consultations", "Public");
        group.MapGet("/", List).Requires<ListPublicConsultations>()
            .WithName("listPublicConsultations").WithSummary("Open (unless asked otherwise), forthcoming or closed consultations, searched and filtered");
        group.MapGet("/{slug}", Show).Requires<ShowPublicConsultation>()
            .WithName("showPublicConsultation").WithSummary("One published consultation: what it asks, until when, and how to take part");
    }

    private static async Task<Ok<Page<PublicConsultationRow>>> List(
        HttpResponse response, IMediator mediator, CancellationToken cancellationToken, string? status = null, string? cursor = null, int? limit = null, string? q = null, string? topic = null, string? area = null, string? audience = null)
    {
        var list = QueryValue.Read<PublicList>(status, nameof(status)) ?? PublicList.Open;
        var found = await mediator.Send(new ListPublicConsultations(list, cursor, limit, q, topic, area, audience), cancellationToken);
        MayBeKept(response, found.FreshFor);
        return TypedResults.Ok(found.Page);
    }

    private static async Task<Ok<PublicConsultationView>> Show(string slug, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new ShowPublicConsultation(slug), cancellationToken);
        MayBeKept(response, found.FreshFor);
        return TypedResults.Ok(found);
    }

    /// <summary>Whole seconds, rounded down: no copy says open once it has closed.</summary>
    private static void MayBeKept(HttpResponse response, TimeSpan freshFor) =>
        response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={(int)freshFor.TotalSeconds}, must-revalidate");
}
