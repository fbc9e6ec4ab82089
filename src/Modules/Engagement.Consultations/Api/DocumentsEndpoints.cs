using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
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
            .WithMetadata(new DocumentSizeLimit())
            .WithName("addDocument").WithSummary("Add a paper or its next version; the body is the file, up to 20 MiB; an approval is void");
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
        ConsultationId id, string name, IfMatch ifMatch, HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        var content = await ReadBody(http.Request, cancellationToken);
        var mediaType = MediaTypeHeaderValue.Parse(http.Request.ContentType).MediaType.Value!;
        var added = await mediator.Send(new AddDocument(id, ifMatch.Version, name, mediaType, content), cancellationToken);
        http.Response.SetETag(added.ConsultationVersion);
        return added.Document.Version == 1
            ? TypedResults.Created($"/api/v1/consultations/{id}/documents/{added.Document.Id}", added.Document)
            : TypedResults.Ok(added.Document);
    }

    private static async Task<NoContent> Remove(
        ConsultationId id, string name, IfMatch ifMatch, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        response.SetETag((await mediator.Send(new RemoveDocument(id, ifMatch.Version, name), cancellationToken)).Version);
        return TypedResults.NoContent();
    }

    private static async Task<FileContentHttpResult> Read(ConsultationId id, DocumentId documentId, IMediator mediator, CancellationToken cancellationToken) =>
        Download(await mediator.Send(new ReadDocument(id, documentId), cancellationToken));

    private static async Task<FileContentHttpResult> ReadPublic(
        string slug, DocumentId documentId, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var file = await mediator.Send(new ReadPublicDocument(slug, documentId), cancellationToken);
        response.Headers.CacheControl = "public, max-age=10";
        return Download(file);
    }

    /// <summary>As an attachment whatever it is, so that no browser shows it as a page of ours.</summary>
    private static FileContentHttpResult Download(DocumentFile file) => TypedResults.Bytes(
        file.Content,
        file.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{file.MediaType}; charset=utf-8" : file.MediaType,
        file.Name,
        entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""));

    private static async Task<byte[]> ReadBody(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream(request.ContentLength is { } length and <= DocumentFormat.MaximumSize ? (int)length : 0);
        var part = new byte[81920];
        int read;
        while ((read = await request.Body.ReadAsync(part, cancellationToken)) > 0)
        {
            if (buffer.Length + read > DocumentFormat.MaximumSize)
            {
                throw new BadHttpRequestException("The file is too large.", StatusCodes.Status413PayloadTooLarge);
            }

            await buffer.WriteAsync(part.AsMemory(0, read), cancellationToken);
        }

        return buffer.ToArray();
    }

    private sealed class DocumentSizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => DocumentFormat.MaximumSize;
    }
}
