using Engagement.Consultations.Application;
using Engagement.Platform.Web;

namespace Engagement.Host.Pages.Admin.Regimes;

/// <summary>Finds regimes by words and group, a numbered page at a time.</summary>
public static class RegimeSearch
{
    public const int PageSize = 20;

    /// <param name="words">Each of them stands somewhere in what is said about the regime, in any case.</param>
    /// <param name="ofGroup">Null or empty: all.</param>
    public static NumberedPage<RegimeView> Find(IReadOnlyList<RegimeView> regimes, string? words, string? ofGroup, int number)
    {
        var wanted = (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        List<RegimeView> found =
        [
            .. from regime in regimes
               where string.IsNullOrEmpty(ofGroup) || regime.Group == ofGroup
               let text = TextOf(regime)
               where wanted.All(w => text.Contains(w, StringComparison.OrdinalIgnoreCase))
               orderby wanted.Count(w => regime.Name.Contains(w, StringComparison.OrdinalIgnoreCase)) descending
               select regime,
        ];
        var last = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        var shown = Math.Clamp(number, 1, last);
        return new NumberedPage<RegimeView>([.. found.Skip((shown - 1) * PageSize).Take(PageSize)], shown, PageSize, found.Count);
    }

    public static IReadOnlyList<string> Groups(IReadOnlyList<RegimeView> regimes) => [.. regimes.Select(r => r.Group).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string TextOf(RegimeView regime) => string.Join(
        ' ', [regime.Id, regime.Name, regime.Group, regime.Trigger, regime.Minimum, .. regime.LegalBasis, .. regime.Steps.Select(s => $"{s.Label} {s.Citation}"), .. regime.Notices, .. regime.Consultees]);
}

/// <summary>How firmly a step of a regime is asked for, in words.</summary>
public static class StepWords
{
    public static bool IsLaw(string regimeKind) => regimeKind is "statutory" or "statutory-no-fixed-period";

    /// <param name="regimeKind">As it travels, such as <c>statutory</c>.</param>
    /// <param name="stepKind">As it travels, such as <c>last_day_min</c>.</param>
    public static Shared.Charts.Obligation ObligationOf(string regimeKind, string stepKind) => stepKind switch
    {
        "info" or "fixed_day" => Shared.Charts.Obligation.Information,
        "recommended" => Shared.Charts.Obligation.Should,
        _ => IsLaw(regimeKind) ? Shared.Charts.Obligation.Must : Shared.Charts.Obligation.Should,
    };

    public static string Of(Shared.Charts.Obligation obligation) => obligation switch
    {
        Shared.Charts.Obligation.Must => "Must",
        Shared.Charts.Obligation.Should => "Should",
        Shared.Charts.Obligation.Own => "The council’s own date",
        _ => "For information",
    };

    /// <summary>What a date is for.</summary>
    public static string KindOf(string stepKind) => stepKind switch
    {
        "last_day_min" => "The close may not be earlier",
        "latest" => "At the latest",
        "earliest" => "At the earliest",
        "window_start" => "The first day allowed",
        "window_end" => "The last day allowed",
        "recommended" => "Good practice",
        "fixed_day" => "A day that the law names",
        _ => "For information",
    };
}
