using System.Collections.Frozen;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>All regimes that the program knows. A new regime is a new entry in a file under <c>Regimes/</c>; no code changes.</summary>
internal sealed class RegimeCatalogue
{
    private const string ResourcePrefix = "regimes.";

    private readonly FrozenDictionary<string, Regime> byId;

    /// <exception cref="RegimeDataException">Two regimes have the same id.</exception>
    public RegimeCatalogue(IEnumerable<Regime> regimes)
    {
        All = [.. regimes];
        var repeated = All.GroupBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (repeated is not null)
        {
            throw new RegimeDataException($"Two regimes have the id '{repeated.Key}' (groups {string.Join(" and ", repeated.Select(r => r.Group))}).");
        }

        byId = All.ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
    }

    /// <summary>By group, then as the files list them.</summary>
    public IReadOnlyList<Regime> All { get; }

    /// <summary>Reads and checks the regimes that the program carries.</summary>
    /// <exception cref="RegimeDataException">A file is wrong; the program must not start.</exception>
    public static RegimeCatalogue Load()
    {
        List<Regime> regimes = [.. EmbeddedFile.NamesBeginning(ResourcePrefix).SelectMany(name => RegimeReader.Read(name, EmbeddedFile.Read(name)))];
        return regimes.Count > 0 ? new RegimeCatalogue(regimes) : throw new RegimeDataException("The program was built without its regime files.");
    }

    /// <exception cref="RuleBrokenException"><c>unknown-regime</c>, listing the regimes there are.</exception>
    public Regime Get(string id) =>
        byId.GetValueOrDefault(id)
        ?? throw new RuleBrokenException("unknown-regime", $"There is no regime '{id}'. The regimes are: {string.Join(", ", All.Select(r => r.Id))}.");
}
