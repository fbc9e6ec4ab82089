using Engagement.Consultations.Domain.LocalRegimes;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>What each body of law and practice demands, and which inputs its timetable takes.</summary>
[RequiresScope("consultations:read")]
public sealed record ListRegimes : IQuery<IReadOnlyList<RegimeView>>;

/// <summary>One regime in full.</summary>
[RequiresScope("consultations:read")]
public sealed record FindRegime(string Id) : IQuery<RegimeView>;

/// <param name="Kind">One of <c>statutory</c>, <c>statutory-no-fixed-period</c>, <c>statutory-guidance</c>, <c>good-practice</c>, <c>common-law</c>.</param>
/// <param name="Confidence">One of <c>verified</c>, <c>high</c>, <c>medium</c>.</param>
/// <param name="Trigger">In words, what starts the clock.</param>
/// <param name="Minimum">In words, the shortest period; null where none is fixed.</param>
/// <param name="FixesPeriod">True when a closing date is held against a minimum.</param>
/// <param name="Steps">Of the version in force.</param>
/// <param name="CheckedOn">The day on which it was last held against its sources; of a local regime the day on which it was recorded.</param>
/// <param name="IsLocal">Recorded by the council itself.</param>
/// <param name="Prospective">Changes not known to be in force; they never apply to a calculation.</param>
public sealed record RegimeView(
    string Id,
    string Name,
    string Group,
    string Kind,
    string Confidence,
    IReadOnlyList<string> LegalBasis,
    string Trigger,
    string? Minimum,
    bool FixesPeriod,
    IReadOnlyList<RegimeInputView> Inputs,
    IReadOnlyList<RegimeStepView> Steps,
    IReadOnlyList<string> Notices,
    IReadOnlyList<string> Consultees,
    string? Decision,
    string? Challenge,
    string? Consequences,
    IReadOnlyList<RegimeVersionView> Versions,
    IReadOnlyList<string> Prospective,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Sources,
    DateOnly CheckedOn,
    bool IsLocal)
{
    internal static RegimeView Of(Regime regime) => new(
        regime.Id,
        regime.Name,
        regime.Group,
        Wire.Name(regime.Kind),
        Wire.Name(regime.Confidence),
        regime.LegalBasis,
        regime.Trigger,
        regime.Minimum,
        regime.Check is not null,
        [.. regime.Inputs.Select(i => new RegimeInputView(i.Name, i.Label, Wire.Name(i.Kind), i.Trigger))],
        [.. regime.Versions[^1].Steps.Select(s => new RegimeStepView(
            s.Key,
            s.Label,
            Wire.Name(s.Kind),
            s.Rule.Name,
            [.. s.Sources.SelectMany(f => f.Alternatives).Distinct(StringComparer.Ordinal)],
            s.Citation,
            Wire.Name(s.Confidence),
            s.Rule.Describe(RegimeWords.CountedFrom(s, regime))))],
        regime.Notices,
        regime.Consultees,
        regime.Decision,
        regime.Challenge,
        regime.Consequences,
        [.. regime.Versions.Select(v => new RegimeVersionView(v.From, v.To, v.Change))],
        regime.Prospective,
        regime.Notes,
        regime.Sources,
        regime.CheckedOn,
        regime.Id.StartsWith(LocalRegime.Prefix, StringComparison.Ordinal));
}

/// <param name="Kind">One of <c>date</c>, <c>year</c>, <c>breaks</c>.</param>
/// <param name="ChoosesVersion">True when the version of the law follows from it.</param>
public sealed record RegimeInputView(string Name, string Label, string Kind, bool ChoosesVersion);

/// <param name="CountsFrom">Names of inputs and earlier steps.</param>
/// <param name="InWords">The count in plain words, before any date is known.</param>
public sealed record RegimeStepView(
    string Key, string Label, string Kind, string CountingRule, IReadOnlyList<string> CountsFrom, string Citation, string Confidence, string InWords);

/// <param name="From">The first day on which it applied; null when not recorded.</param>
/// <param name="To">The last day on which it applied; null while it does.</param>
public sealed record RegimeVersionView(DateOnly? From, DateOnly? To, string Change);

/// <summary>Names of inputs and steps as people read them.</summary>
internal static class RegimeWords
{
    /// <summary>Such as <c>the day of publication</c>, or <c>the later of …</c>.</summary>
    public static string CountedFrom(RegimeStep step, Regime regime)
    {
        List<string> sources = [.. step.Sources.Select(s => string.Join(", or where that is not known ", s.Alternatives.Select(a => Name(a, regime))))];
        return sources.Count == 1 ? sources[0] : $"the latest of {string.Join(" and ", sources)}";
    }

    private static string Name(string source, Regime regime) =>
        regime.Inputs.FirstOrDefault(i => i.Name == source) is { } input ? $"the {Lower(input.Label)}"
        : regime.Versions[^1].Steps.FirstOrDefault(s => s.Key == source) is { } step ? $"the date of “{step.Label}”"
        : $"the {source.Replace('_', ' ')}";

    /// <summary>A label in the middle of a sentence; one that begins with an abbreviation stays as it is.</summary>
    private static string Lower(string label) => label.Length > 1 && char.IsUpper(label[1]) ? label : char.ToLowerInvariant(label[0]) + label[1..];
}

internal sealed class ListRegimesHandler(ITimescales timescales)
    : IRequestHandler<ListRegimes, IReadOnlyList<RegimeView>>, IRequestHandler<FindRegime, RegimeView>
{
    public async Task<IReadOnlyList<RegimeView>> Handle(ListRegimes request, CancellationToken cancellationToken) =>
        [.. (await timescales.Now(cancellationToken)).Regimes.All.Select(RegimeView.Of)];

    /// <exception cref="NotFoundException">There is no regime of that id.</exception>
    public async Task<RegimeView> Handle(FindRegime request, CancellationToken cancellationToken) =>
        RegimeView.Of((await timescales.Now(cancellationToken)).Regimes.All.SingleOrDefault(r => r.Id == request.Id) ?? throw new NotFoundException("regime"));
}
