using System.Text.Json;
using System.Text.Json.Nodes;

namespace Engagement.Platform.Web;

public static class MergePatch
{
    public const string MediaType = "application/merge-patch+json";

    /// <summary>Applies a JSON merge patch (RFC 7396): a member replaces, null removes, objects merge, arrays are replaced whole.</summary>
    /// <returns>The patched value, read as strictly as a body: an unknown member is refused.</returns>
    public static T Apply<T>(T current, JsonElement patch, JsonSerializerOptions options)
    {
        var target = JsonSerializer.SerializeToNode(current, options);
        var merged = Merge(target, JsonSerializer.SerializeToNode(patch, options));
        try
        {
            return merged.Deserialize<T>(options) ?? throw new JsonException("The patch leaves nothing.");
        }
        catch (JsonException error)
        {
            throw new Microsoft.AspNetCore.Http.BadHttpRequestException("The patch cannot be applied.", error);
        }
    }

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target as JsonObject is { } existing ? (JsonObject)existing.DeepClone() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Merge(result[name], value);
            }
        }

        return result;
    }
}
