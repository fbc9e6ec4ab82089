using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Engagement.Consultations.Api;

internal static class DocumentsEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/consultations/{id}/documents", "Consultations");
        var types = DocumentFormat.All.Select(f => f.MediaType).ToArray();
        group.MapPut("/{name}", Add).Requires<AddDocument>()
            .Accepts<Stream>(types[0], types[1..])
            .WithMetadata(new DocumentBody.SizeLimit())
            .WithName("addDocument").WithSummary("Add a paper or its next version; the body is the file, up to 20 MiB; an approval is void; while people are answering with publicReason");
        group.MapGet("/", List).Requires<ListDocuments>()
            .WithName("listDocuments").WithSummary("Every version of every paper: which was public from when to when, by whom added, which came late");
        group.MapDelete("/{name}", Remove).Requires<RemoveDocument>()
            .WithName("removeDocument").WithSummary("Take a paper from view; the record keeps it");
        group.MapGet("/{documentId}", Read).Requires<ReadDocument>()
            .Produces<Stream>(contentType: types[0], additionalContentTypes: types[1..])
            .WithName("readDocument").WithSummary("Any version of a paper, as a download");
        app.MapApi("/api/v1/public/consultations", "Public").MapGet("/{slug}/documents/{documentId}", ReadPublic).Requires<ReadPublicDocument>()
            .Produces<Stream>(contentType: types[0], additionalContentTypes: types[1..])
            .WithName("readPublicDocument").WithSummary("A paper of a published consultation, as a download");
    }

    private static async Task<Results<Created<DocumentView>, Ok<DocumentView>>> Add(
        ConsultationId id, string name, IfMatch ifMatch, HttpContext http, IMediator mediator, CancellationToken cancellationToken, string? publicReason = null)
    {
        var content = await DocumentBody.Read(http.Request, cancellationToken);
        var mediaType = MediaTypeHeaderValue.Parse(http.Request.ContentType).MediaType.Value!;
        var added = await mediator.Send(new AddDocument(id, ifMatch.Version, name, mediaType, content, publicReason), cancellationToken);
        http.Response.SetETag(added.ConsultationVersion);
        return added.Document.Version == 1
            ? TypedResults.Created($"/api/v1/consultations/{id}/documents/{added.Document.Id}", added.Document)
            : TypedResults.Ok(added.Document);
    }

    private static async Task<Ok<IReadOnlyList<DocumentVersion>>> List(ConsultationId id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListDocuments(id), cancellationToken));

    private static async Task<NoContent> Remove(
        ConsultationId id, string name, IfMatch ifMatch, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        response.SetETag((await mediator.Send(new RemoveDocument(id, ifMatch.Version, name), cancellationToken)).Version);
        return TypedResults.NoContent();
    }

    private static async Task<FileContentHttpResult> Read(ConsultationId id, DocumentId documentId, IMediator mediator, CancellationToken cancellationToken) =>
        DocumentBody.Download(await mediator.Send(new ReadDocument(id, documentId), cancellationToken));

    private static async Task<FileContentHttpResult> ReadPublic(
        string slug, DocumentId documentId, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var file = await mediator.Send(new ReadPublicDocument(slug, documentId), cancellationToken);
        response.Headers.CacheControl = "public, max-age=10";
        return DocumentBody.Download(file);
    }
}
