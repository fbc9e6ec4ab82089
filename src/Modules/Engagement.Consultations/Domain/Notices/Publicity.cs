using System.Text.Json;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Notices;

/// <summary>A notice that a regime demands of one consultation.</summary>
/// <param name="Key">Stable: the regime and what it demands, such as <c>tro-permanent/notice_of_making_by</c>.</param>
/// <param name="Inputs">The dates of the timetable that the day of its publication is, such as <c>published</c>.</param>
/// <param name="DueOn">The last day on which it is in time; null while a date that it counts from is missing.</param>
/// <param name="Working">How the day was found, in words.</param>
internal sealed record NoticeDemand(string Key, string Regime, string What, IReadOnlyList<string> Inputs, DateOnly? DueOn, string Citation, string Working);

/// <summary>
/// Which dates of a regime are the publication of something, and by when each notice is due. The regimes list their notices in words;
/// <c>publicity.json</c> says for each what the law counts from it. It knows no regime by name, and a slip stops the program.
/// </summary>
internal sealed class Publicity
{
    private const string Published = "published";

    private readonly Dictionary<string, PublicityEntry> entries;

    private Publicity(Dictionary<string, PublicityEntry> entries) => this.entries = entries;

    /// <exception cref="RegimeDataException">The file names a regime, an input, a step or a number of notices that is not there.</exception>
    public static Publicity Load(IEnumerable<Regime> regimes) => Read(EmbeddedFile.Read("publicity.json"), regimes);

    public static Publicity Read(string json, IEnumerable<Regime> regimes)
    {
        var byId = regimes.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var file = JsonSerializer.Deserialize<PublicityFile>(json, RegimeFile.Json) ?? throw new RegimeDataException("publicity.json is empty.");
        foreach (var entry in file.Regimes)
        {
            Check(entry, byId.GetValueOrDefault(entry.Id) ?? throw new RegimeDataException($"publicity.json names the regime '{entry.Id}', which does not exist."));
        }

        return new Publicity(file.Regimes.ToDictionary(e => e.Id, StringComparer.Ordinal));
    }

    /// <summary>Every notice that the regimes of a timetable demand, in their order.</summary>
    /// <param name="timetable">Computed from what really happened, as far as it has.</param>
    /// <param name="planned">The date that was planned for an input; null where none was.</param>
    /// <param name="opensOn">When the regime names no day of its own, a notice is due on this one.</param>
    public IReadOnlyList<NoticeDemand> DemandsOf(Timetable timetable, Func<string, DateOnly?> planned, DateOnly opensOn) =>
        [.. timetable.Versions.SelectMany(v => DemandsOf(v, timetable, planned, opensOn))];

    private IEnumerable<NoticeDemand> DemandsOf(VersionUsed version, Timetable timetable, Func<string, DateOnly?> planned, DateOnly opensOn)
    {
        var regime = version.Regime;
        var entry = entries.GetValueOrDefault(regime.Id);
        for (var i = 0; i < regime.Notices.Count; i++)
        {
            var inputs = entry?.Inputs?[i] ?? (regime.Inputs.Any(x => x.Name == Published) ? [Published] : []);
            yield return inputs.Count > 0 ? Counted(version, regime.Notices[i], inputs, planned)
                : entry?.Due is { } due && timetable.Steps.FirstOrDefault(s => s.Regime.Id == regime.Id && s.Key == due) is { } step
                    ? new NoticeDemand($"{regime.Id}#{regime.Notices[i]}", regime.Id, regime.Notices[i], [], step.Date, step.Rule.Citation, step.Working)
                : new NoticeDemand(
                    $"{regime.Id}#{regime.Notices[i]}", regime.Id, regime.Notices[i], [], opensOn, regime.LegalBasis[0],
                    $"The regime names no day of its own for this notice, so it is due when the consultation opens, on {UkTime.Spell(opensOn)}.");
        }

        foreach (var rule in version.Version.Steps.Where(s => entry?.Steps?.Contains(s.Key, StringComparer.Ordinal) == true))
        {
            var step = timetable.Steps.FirstOrDefault(s => s.Regime.Id == regime.Id && s.Key == rule.Key);
            yield return new NoticeDemand(
                $"{regime.Id}/{rule.Key}", regime.Id, rule.Label, [], step?.Date, rule.Citation,
                step?.Working ?? $"It counts from a date that is not known yet: {string.Join(" or ", rule.Sources.SelectMany(s => s.Alternatives).Select(name => Label(regime, name)))}.");
        }
    }

    private static NoticeDemand Counted(VersionUsed version, string what, IReadOnlyList<string> inputs, Func<string, DateOnly?> planned)
    {
        var regime = version.Regime;
        var dates = inputs.Select(name => (Name: name, Date: planned(name))).Where(d => d.Date is not null).ToList();
        var citation = version.Version.Steps.FirstOrDefault(s => s.Key == regime.Check?.Minimum)?.Citation ?? regime.LegalBasis[0];
        if (dates.Count == 0)
        {
            return new NoticeDemand($"{regime.Id}#{what}", regime.Id, what, inputs, null, citation, $"The law counts from it, and no day is planned yet for: {string.Join(", ", inputs.Select(name => Label(regime, name)))}.");
        }

        var first = dates.MinBy(d => d.Date);
        return new NoticeDemand(
            $"{regime.Id}#{what}", regime.Id, what, inputs, first.Date, citation,
            $"The timetable counts from {UkTime.Spell(first.Date!.Value)} ({Label(regime, first.Name)}). Published later, it moves every date that counts from it.");
    }

    private static string Label(Regime regime, string name)
    {
        var label = regime.Inputs.FirstOrDefault(i => i.Name == name)?.Label ?? name.Replace('_', ' ');
        return char.ToLowerInvariant(label[0]) + label[1..];
    }

    private static void Check(PublicityEntry entry, Regime regime)
    {
        if (entry.Inputs is not null && entry.Inputs.Count != regime.Notices.Count)
        {
            throw new RegimeDataException($"publicity.json lists inputs for {entry.Inputs.Count} notices of '{entry.Id}', which has {regime.Notices.Count}.");
        }

        if (entry.Inputs?.SelectMany(i => i).FirstOrDefault(name => !regime.Inputs.Any(i => i.Name == name && i.Kind == InputKind.Date)) is { } input)
        {
            throw new RegimeDataException($"publicity.json names the input '{input}' of '{entry.Id}', which has none of that name.");
        }

        var steps = regime.Versions.SelectMany(v => v.Steps).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        if ((entry.Steps ?? []).Append(entry.Due).OfType<string>().FirstOrDefault(key => !steps.Contains(key)) is { } step)
        {
            throw new RegimeDataException($"publicity.json names the step '{step}' of '{entry.Id}', which has none of that name.");
        }
    }
}

/// <param name="Regimes">Only those for which the general rule is not enough.</param>
internal sealed record PublicityFile(string Source, IReadOnlyList<PublicityEntry> Regimes);

/// <param name="Inputs">For each notice of the regime, in its order, the inputs whose date its publication is.</param>
/// <param name="Due">The step by whose date notices that feed no input are due.</param>
/// <param name="Steps">Steps that are notices themselves.</param>
internal sealed record PublicityEntry(string Id, IReadOnlyList<IReadOnlyList<string>>? Inputs = null, string? Due = null, IReadOnlyList<string>? Steps = null);
