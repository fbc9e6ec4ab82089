using Engagement.Consultations.Application;
using Engagement.Consultations.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Engagement.Consultations.Api;

/// <summary>Files as they come and go: the body is the file.</summary>
internal static class DocumentBody
{
    /// <summary>As an attachment whatever it is, so that no browser shows it as a page of ours.</summary>
    public static FileContentHttpResult Download(DocumentFile file) => TypedResults.Bytes(
        file.Content,
        file.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{file.MediaType}; charset=utf-8" : file.MediaType,
        file.Name,
        entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""));

    public static async Task<byte[]> Read(HttpRequest request, CancellationToken cancellationToken)
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

    public sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => DocumentFormat.MaximumSize;
    }
}
