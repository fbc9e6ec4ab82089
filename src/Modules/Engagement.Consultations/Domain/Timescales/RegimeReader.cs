using System.Text.Json;
using Engagement.Consultations.Domain.Timescales.Counting;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>Turns a regime file into regimes and refuses whatever a calculation could stumble over later.</summary>
internal static class RegimeReader
{
    private const string Closes = "closes";

    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="RegimeDataException">Names the file, the regime and the step.</exception>
    public static IReadOnlyList<Regime> Read(string name, string json)
    {
        RegimeFile file;
        try
        {
            file = JsonSerializer.Deserialize<RegimeFile>(json, RegimeFile.Json) ?? throw new RegimeDataException($"{name} holds nothing.");
        }
        catch (JsonException error)
        {
            throw new RegimeDataException($"{name} cannot be read as a regime file: {error.Message}", error);
        }

        return [.. file.Regimes.Select(entry => ToRegime(file.Group, file.Checked, entry))];
    }

    /// <summary>One regime by itself, of the same shape as one in a file.</summary>
    /// <exception cref="RegimeDataException">Names the regime and the step.</exception>
    public static Regime ReadLocal(string group, string json, DateOnly recordedOn)
    {
        RegimeEntry entry;
        try
        {
            entry = JsonSerializer.Deserialize<RegimeEntry>(json, RegimeFile.Json) ?? throw new RegimeDataException("The regime holds nothing.");
        }
        catch (JsonException error)
        {
            throw new RegimeDataException($"This cannot be read as a regime: {error.Message}", error);
        }

        return ToRegime(group, recordedOn, entry);
    }

    private static Regime ToRegime(string group, DateOnly checkedOn, RegimeEntry entry)
    {
        var at = $"Regime '{entry.Id}'";
        Require(entry.Id, $"A regime of the group '{group}' has no id.");
        Require(entry.Name, $"{at} has no name.");
        Require(entry.Trigger, $"{at} does not say what starts its clock.");
        Check(entry.LegalBasis.Count > 0 && entry.LegalBasis.All(b => !string.IsNullOrWhiteSpace(b)), $"{at} names no legal basis.");
        var inputs = ReadInputs(at, entry);
        var versions = ReadVersions(at, entry, inputs);
        CheckTheCheck(at, entry, versions);
        return new Regime
        {
            Id = entry.Id,
            Name = entry.Name,
            Group = group,
            CheckedOn = checkedOn,
            Kind = entry.Kind,
            Confidence = entry.Confidence,
            LegalBasis = entry.LegalBasis,
            Trigger = entry.Trigger,
            Minimum = entry.Minimum,
            Notices = entry.Notices ?? [],
            Consultees = entry.Consultees ?? [],
            Decision = entry.Decision,
            Challenge = entry.Challenge,
            Consequences = entry.Consequences,
            Notes = entry.Notes ?? [],
            Sources = entry.Sources ?? [],
            Inputs = inputs,
            Check = entry.Check,
            Versions = versions,
            Prospective = entry.Prospective ?? [],
        };
    }

    private static List<RegimeInput> ReadInputs(string at, RegimeEntry entry)
    {
        RefuseRepeats(entry.Inputs.Select(i => i.Name), name => $"{at} declares the input '{name}' twice.");
        List<RegimeInput> inputs = [];
        foreach (var input in entry.Inputs)
        {
            Require(input.Name, $"{at} has an input without a name.");
            Require(input.Label, $"{at}: the input '{input.Name}' has no label.");
            Check(
                (input.TriggerDate is not null) == (input.Trigger && input.Kind == InputKind.Year) && !(input.Trigger && input.Kind == InputKind.Breaks),
                $"{at}: the input '{input.Name}' must be a date, or a year with a triggerDate, to choose the version; nothing else has a triggerDate.");
            var triggerDate = input.TriggerDate is null ? null : CountingRuleReader.ReadFixedDate(input.TriggerDate, $"{at}, input '{input.Name}'");
            inputs.Add(new RegimeInput(input.Name, input.Kind, input.Label, input.Trigger, triggerDate));
        }

        return inputs;
    }

    private static List<RegimeVersion> ReadVersions(string at, RegimeEntry entry, IReadOnlyList<RegimeInput> inputs)
    {
        RefuseRepeats(entry.Steps.Select(s => s.Key), key => $"{at} has two steps with the key '{key}'.");
        Check(entry.Versions.Count > 0, $"{at} has no version.");
        List<RegimeVersion> versions = [];
        foreach (var version in entry.Versions)
        {
            Require(version.Change, $"{at} has a version that does not say what changed.");
            Check(version.To is null || version.From is null || version.From <= version.To, $"{at}: the version '{version.Change}' ends ({version.To:yyyy-MM-dd}) before it begins ({version.From:yyyy-MM-dd}).");
            if (versions.Count > 0)
            {
                var before = versions[^1];
                Check(
                    version.From is not null && before.To is not null && before.To < version.From,
                    $"{at}: the version '{version.Change}' overlaps the one before it ('{before.Change}'). List versions oldest first; each ends before the next begins.");
            }

            versions.Add(new RegimeVersion(version.From, version.To, version.Change, ReadSteps(at, entry, version, inputs)));
        }

        Check(versions.Count == 1 || inputs.Any(i => i.Trigger), $"{at} has several versions but no input that chooses between them.");
        return versions;
    }

    private static List<RegimeStep> ReadSteps(string at, RegimeEntry entry, VersionEntry version, IReadOnlyList<RegimeInput> inputs)
    {
        foreach (var key in (version.DroppedSteps ?? []).Concat(version.Numbers?.Keys ?? []))
        {
            Check(entry.Steps.Any(s => s.Key == key), $"{at}: the version '{version.Change}' changes the step '{key}', which does not exist.");
        }

        foreach (var op in version.ReplacedRules?.Keys ?? [])
        {
            Check(entry.Steps.Any(s => s.Op == op), $"{at}: the version '{version.Change}' replaces the counting rule '{op}', which no step uses.");
        }

        var dropped = version.DroppedSteps ?? [];
        var known = inputs.ToDictionary(i => i.Name, i => i.Kind, StringComparer.Ordinal);
        List<RegimeStep> steps = [];
        foreach (var original in entry.Steps)
        {
            var step = original with
            {
                N = version.Numbers is not null && version.Numbers.TryGetValue(original.Key, out var n) ? n : original.N,
                Op = version.ReplacedRules?.GetValueOrDefault(original.Op) ?? original.Op,
            };
            if (!dropped.Contains(step.Key))
            {
                steps.Add(ToStep($"{at}, step '{step.Key}'", step, known, dropped));
            }

            Check(known.TryAdd(step.Key, InputKind.Date), $"{at}: the step '{step.Key}' has the name of an input.");
        }

        return steps;
    }

    private static RegimeStep ToStep(string at, StepEntry step, Dictionary<string, InputKind> known, IReadOnlyList<string> dropped)
    {
        Require(step.Key, $"{at} has no key.");
        Require(step.Label, $"{at} has no label.");
        Require(step.Cite, $"{at} has no citation.");
        Check(step.From.Count > 0, $"{at} does not say from which date it counts.");
        var rule = CountingRuleReader.Read(step, at);
        List<StepSource> sources = [];
        foreach (var from in step.From)
        {
            var optional = from.EndsWith('?');
            var alternatives = from.TrimEnd('?').Split('|');
            foreach (var name in alternatives)
            {
                Check(known.TryGetValue(name, out var kind), $"{at} counts from '{name}', which is neither an input nor an earlier step.");
                Check(optional || !dropped.Contains(name), $"{at} counts from '{name}', which this version drops.");
                Check(
                    kind == (rule is FixedDate ? InputKind.Year : InputKind.Date),
                    $"{at} counts from '{name}', which is {(kind == InputKind.Year ? "a year" : "not a year")}: '{rule.Name}' cannot count from it.");
            }

            sources.Add(new StepSource(alternatives, optional));
        }

        Check(step.Actual is null || (known.TryGetValue(step.Actual, out var actual) && actual == InputKind.Date), $"{at} is held against '{step.Actual}', which is no date among the inputs.");
        Check(
            step.Actual is null || step.Kind is StepKind.Earliest or StepKind.Latest or StepKind.Recommended or StepKind.LastDayMin,
            $"{at} is held against '{step.Actual}', but a date of this kind binds nothing.");
        Check(step.Grade is null || (step.Actual is not null && step.Grade != FindingGrade.Breach), $"{at} has a grade: only a date that is held against an input has one, and it can only be milder than a breach.");
        return new RegimeStep(step.Key, step.Label, rule, sources, step.Kind, step.Cite, step.Confidence, step.Actual, step.Grade);
    }

    private static void CheckTheCheck(string at, RegimeEntry entry, List<RegimeVersion> versions)
    {
        if (entry.Check is null)
        {
            return;
        }

        Check(entry.Inputs.Any(i => i.Name == Closes), $"{at} checks a closing date but has no input '{Closes}'.");
        Check((entry.Check.WindowStart is null) == (entry.Check.WindowEnd is null), $"{at} has a window with one end.");
        foreach (var (key, kind) in new[] { (entry.Check.Minimum, StepKind.LastDayMin), (entry.Check.WindowStart, StepKind.WindowStart), (entry.Check.WindowEnd, StepKind.WindowEnd) })
        {
            Check(
                key is null || versions.All(v => v.Steps.Any(s => s.Key == key && s.Kind == kind)),
                $"{at} checks against the step '{key}', which is missing from a version or is of another kind.");
        }
    }

    private static void RefuseRepeats(IEnumerable<string> names, Func<string, string> message)
    {
        var repeated = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        Check(repeated is null, repeated is null ? "" : message(repeated.Key));
    }

    private static void Require(string? value, string message) => Check(!string.IsNullOrWhiteSpace(value), message);

    private static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new RegimeDataException(message);
        }
    }
}
