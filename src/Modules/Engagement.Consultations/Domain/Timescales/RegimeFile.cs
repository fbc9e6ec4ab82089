using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>The shape of a regime file: one group of regimes. An unknown member is an error, so that a misspelled rule cannot be ignored.</summary>
/// <param name="Checked">The day on which its regimes were last held against their sources.</param>
internal sealed record RegimeFile(string Group, string Source, DateOnly Checked, IReadOnlyList<RegimeEntry> Regimes)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters =
        {
            new JsonStringEnumConverter<RegimeKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<StepKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
        },
    };
}

internal sealed record RegimeEntry(
    string Id,
    string Name,
    RegimeKind Kind,
    Confidence Confidence,
    IReadOnlyList<string> LegalBasis,
    string Trigger,
    IReadOnlyList<InputEntry> Inputs,
    IReadOnlyList<StepEntry> Steps,
    IReadOnlyList<VersionEntry> Versions,
    string? Minimum = null,
    RegimeCheck? Check = null,
    IReadOnlyList<string>? Prospective = null,
    IReadOnlyList<string>? Notices = null,
    IReadOnlyList<string>? Consultees = null,
    string? Decision = null,
    string? Challenge = null,
    string? Consequences = null,
    IReadOnlyList<string>? Notes = null,
    IReadOnlyList<string>? Sources = null);

/// <param name="TriggerDate">For a year: year offset, month and day.</param>
internal sealed record InputEntry(string Name, string Label, InputKind Kind = InputKind.Date, bool Trigger = false, IReadOnlyList<int>? TriggerDate = null);

/// <param name="Op">The name of a counting rule.</param>
/// <param name="N">A number, or year offset, month and day for <c>fixed</c>; absent for <c>next_wd</c> and <c>day_after</c>.</param>
/// <param name="From">Names of inputs and earlier steps; <c>a|b</c> takes the first that is there, a trailing <c>?</c> makes it optional.</param>
/// <param name="LeaveOut"><c>christmas-eve</c>, or absent.</param>
internal sealed record StepEntry(
    string Key,
    string Label,
    string Op,
    IReadOnlyList<string> From,
    StepKind Kind,
    string Cite,
    Confidence Confidence,
    JsonElement? N = null,
    string? Unit = null,
    string? LeaveOut = null,
    string? Actual = null,
    FindingGrade? Grade = null);

/// <param name="Numbers">Steps that had another <c>n</c> in this version.</param>
/// <param name="DroppedSteps">Steps that this version does not know.</param>
/// <param name="ReplacedRules">Counting rules that were others in this version.</param>
internal sealed record VersionEntry(
    string Change,
    DateOnly? From = null,
    DateOnly? To = null,
    IReadOnlyDictionary<string, JsonElement>? Numbers = null,
    IReadOnlyList<string>? DroppedSteps = null,
    IReadOnlyDictionary<string, string>? ReplacedRules = null);

/// <summary>A regime file is wrong. The program does not start with it: a wrong date would be worse than none.</summary>
internal sealed class RegimeDataException(string message, Exception? inner = null) : Exception(message, inner);
