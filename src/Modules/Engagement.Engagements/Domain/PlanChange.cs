using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Engagement.Engagements.Domain;

/// <summary>One field of a plan that an edit changed, as the history keeps it.</summary>
/// <param name="Field">The field's name in the API, such as <c>whatCanChange</c>.</param>
/// <param name="Before">Null where it was empty, and where the field names a person.</param>
/// <param name="After">Null where it is empty now, and where the field names a person.</param>
internal sealed record PlanChange(string Field, JsonNode? Before, JsonNode? After)
{
    private const string LeadOfficerField = "leadOfficer";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private static readonly EngagementPlan Nothing = new();

    /// <summary>What differs between two plans, in the order of the plan's fields; a new plan is compared with an empty one.</summary>
    public static IReadOnlyList<PlanChange> Between(EngagementPlan? before, EngagementPlan after)
    {
        var old = JsonSerializer.SerializeToNode(before ?? Nothing, Json)!.AsObject();
        var changed = JsonSerializer.SerializeToNode(after, Json)!.AsObject();
        return [.. changed.Where(f => !JsonNode.DeepEquals(f.Value, old[f.Key])).Select(f => Of(f.Key, old[f.Key], f.Value))];
    }

    private static PlanChange Of(string field, JsonNode? before, JsonNode? after) => field == LeadOfficerField
        ? new PlanChange(field, null, null)
        : new PlanChange(field, WithoutNames(before), WithoutNames(after));

    /// <summary>History outlives people's names: whoever screened the equality impact is left out.</summary>
    private static JsonNode? WithoutNames(JsonNode? value)
    {
        var kept = value?.DeepClone();
        (kept as JsonObject)?.Remove("screenedBy");
        return kept;
    }
}
