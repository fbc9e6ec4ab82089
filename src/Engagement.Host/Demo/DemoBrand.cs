using Engagement.Host.Brand;

namespace Engagement.Host.Demo;

/// <summary>Whose pages the demonstration's are. What an operator has configured stands.</summary>
internal static class DemoBrand
{
    private static readonly IReadOnlyDictionary<string, string> Values = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(CouncilOptions.Name)] = "Demonstration County Council",
        [nameof(CouncilOptions.ContactEmail)] = "consultations@example.org",

        // Of the numbers that Ofcom keeps for drama: 01632 960000 to 960999.
        [nameof(CouncilOptions.ContactPhone)] = "01632 960 123",
        [nameof(CouncilOptions.ContactAddress)] = "Consultations, County Hall, Demonstration",
    };

    public static void Apply(IConfiguration configuration)
    {
        foreach (var (name, value) in Values)
        {
            configuration[$"{CouncilOptions.Section}:{name}"] ??= value;
        }
    }
}
