using System.Globalization;
using System.Reflection;
using Engagement.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Builder;

namespace Engagement.Platform.Web;

/// <summary>The version that a caller read, from the <c>If-Match</c> header: required wherever it is a parameter.</summary>
public sealed record IfMatch(int Version) : IEndpointParameterMetadataProvider
{
    /// <exception cref="PreconditionRequiredException">The header is missing: 428.</exception>
    /// <exception cref="StaleVersionException">It names no version of ours: 412.</exception>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0)
        {
            throw new PreconditionRequiredException();
        }

        var text = header.ToString();
        return text.Length > 2 && text[0] == '"' && text[^1] == '"'
            && int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? ValueTask.FromResult<IfMatch?>(new IfMatch(version))
            : throw new StaleVersionException(null, null);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(RequiresIfMatch.Instance);
}

/// <summary>Metadata for the OpenAPI document.</summary>
public sealed class RequiresIfMatch
{
    public static readonly RequiresIfMatch Instance = new();
}

public static class ETagExtensions
{
    /// <summary>A strong ETag: the version of the aggregate root.</summary>
    public static void SetETag(this HttpResponse response, int version) => response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
