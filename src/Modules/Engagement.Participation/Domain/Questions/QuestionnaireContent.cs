using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Engagement.Platform.Audit;

namespace Engagement.Participation.Domain.Questions;

/// <summary>What is put to the public: pages of questions. Never changed once it is stored; a change is a new version.</summary>
/// <param name="Introduction">Shown before the first page; null for none.</param>
/// <param name="PrivacyNotice">What happens with the answers, in the words shown; null where the consultation's page says it.</param>
public sealed record QuestionnaireContent(IReadOnlyList<QuestionnairePage> Pages, string? Introduction = null, string? PrivacyNotice = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // A member that comes later and is not set changes no digest of what was approved before.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    [JsonIgnore]
    public IEnumerable<Question> Questions => Pages.SelectMany(p => p.Questions);

    /// <summary>Canonical JSON: the text that is stored, and that the digest covers.</summary>
    internal string ToCanonicalJson() => CanonicalJson.Of(JsonSerializer.SerializeToNode(this, Json));

    internal static QuestionnaireContent FromJson(string json) => JsonSerializer.Deserialize<QuestionnaireContent>(json, Json)!;

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    internal static string DigestOf(string canonicalJson) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalJson)));

    internal static string NameOf(QuestionType type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.ToString());
}

/// <param name="Introduction">Shown above the page's questions; null for none.</param>
/// <param name="ShowWhen">By questions of earlier pages; null shows it always.</param>
/// <param name="Facts">Shown above the page's questions; null for none.</param>
/// <param name="Exits">Looked at in this order once the page is answered: the first whose condition holds ends the form. Null for none.</param>
public sealed record QuestionnairePage(
    string Title,
    IReadOnlyList<Question> Questions,
    string? Introduction = null,
    DisplayCondition? ShowWhen = null,
    IReadOnlyList<Fact>? Facts = null,
    IReadOnlyList<ExitPage>? Exits = null);
