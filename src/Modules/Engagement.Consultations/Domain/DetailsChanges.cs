using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engagement.Consultations.Domain;

/// <summary>What an edit changed, member by member, for the history.</summary>
internal static class DetailsChanges
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static IReadOnlyDictionary<string, FieldChange> Between(ConsultationDetails before, ConsultationDetails after)
    {
        var old = JsonSerializer.SerializeToElement(before, Json);
        return JsonSerializer.SerializeToElement(after, Json).EnumerateObject()
            .Where(member => !JsonElement.DeepEquals(member.Value, old.GetProperty(member.Name)))
            .ToDictionary(member => member.Name, member => new FieldChange(old.GetProperty(member.Name), member.Value), StringComparer.Ordinal);
    }
}
