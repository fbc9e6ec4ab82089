using Engagement.Consultations.Domain.Timescales.Counting;

namespace Engagement.Consultations.Domain.Timescales;

internal enum RegimeKind
{
    /// <summary>A statute or statutory instrument sets the periods.</summary>
    Statutory,

    /// <summary>A statute asks for consultation and leaves its length to the council.</summary>
    StatutoryNoFixedPeriod,

    /// <summary>Guidance that a council must have regard to and may leave with good reason.</summary>
    StatutoryGuidance,

    GoodPractice,

    CommonLaw,
}

/// <summary>What a computed date is for.</summary>
internal enum StepKind
{
    /// <summary>The printed closing date must be this day or later.</summary>
    LastDayMin,

    /// <summary>A deadline: this day is the last.</summary>
    Latest,

    /// <summary>Not before this day.</summary>
    Earliest,

    WindowStart,

    WindowEnd,

    /// <summary>Good practice, not law.</summary>
    Recommended,

    Info,

    /// <summary>A day that the law itself names, such as the national offer day.</summary>
    FixedDay,
}

/// <summary>How sure the product is of a rule. A rule of medium confidence warns and never blocks.</summary>
internal enum Confidence
{
    /// <summary>The period was read in the legislation itself or in an official or professional page.</summary>
    Verified,

    /// <summary>Well established, the text itself not read.</summary>
    High,

    /// <summary>A lawyer should check number, section or wording.</summary>
    Medium,
}

internal enum InputKind
{
    /// <summary>A date of the UK calendar.</summary>
    Date,

    /// <summary>A calendar year; which one, the input's label says.</summary>
    Year,

    /// <summary>A list of first and last days, both counted in.</summary>
    Breaks,
}

/// <summary>One body of law or practice under which a council consults: data from the regime files, checked when loaded.</summary>
internal sealed record Regime
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Group { get; init; }

    /// <summary>The day on which it was last held against its sources, or recorded by the council.</summary>
    public required DateOnly CheckedOn { get; init; }

    public required RegimeKind Kind { get; init; }

    public required Confidence Confidence { get; init; }

    public required IReadOnlyList<string> LegalBasis { get; init; }

    /// <summary>In words, what starts the clock.</summary>
    public required string Trigger { get; init; }

    /// <summary>In words, the shortest period; null where none is fixed.</summary>
    public required string? Minimum { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    public required IReadOnlyList<string> Consultees { get; init; }

    public required string? Decision { get; init; }

    public required string? Challenge { get; init; }

    public required string? Consequences { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    public required IReadOnlyList<RegimeInput> Inputs { get; init; }

    /// <summary>What the closing date is held against; null where the regime fixes no period.</summary>
    public required RegimeCheck? Check { get; init; }

    /// <summary>In force one after the other, never two on one day; oldest first.</summary>
    public required IReadOnlyList<RegimeVersion> Versions { get; init; }

    /// <summary>Changes that have been passed or planned and are not known to be in force. They never apply to a calculation.</summary>
    public required IReadOnlyList<string> Prospective { get; init; }

    /// <summary>The version that a trigger date falls under: the latest that began on or before it, the first for any earlier date.</summary>
    /// <param name="trigger">Null (no trigger date is known yet) gives the newest version.</param>
    public RegimeVersion VersionFor(DateOnly? trigger)
    {
        if (trigger is null)
        {
            return Versions[^1];
        }

        for (var i = Versions.Count - 1; i > 0; i--)
        {
            if (Versions[i].From <= trigger)
            {
                return Versions[i];
            }
        }

        return Versions[0];
    }
}

/// <param name="Trigger">True when the version of the law is chosen by this input.</param>
/// <param name="TriggerDate">For a year that chooses the version: the date of it that does.</param>
internal sealed record RegimeInput(string Name, InputKind Kind, string Label, bool Trigger, FixedDate? TriggerDate);

/// <param name="From">The first day on which it applied; null when that is not recorded, so that it has no beginning.</param>
/// <param name="To">The last day on which it applied; null while it does.</param>
/// <param name="Steps">Complete, in the order in which they are computed.</param>
internal sealed record RegimeVersion(DateOnly? From, DateOnly? To, string Change, IReadOnlyList<RegimeStep> Steps)
{
    public bool Covers(DateOnly date) => (From is null || From <= date) && (To is null || date <= To);
}

/// <param name="Sources">The dates it counts from: the latest of them.</param>
/// <param name="Actual">The input that is held against this date, such as the day on which an order is made; null where nothing is.</param>
/// <param name="MilderGrade">How grave it is when <paramref name="Actual"/> misses this date, where that is less than kind and confidence would say.</param>
internal sealed record RegimeStep(
    string Key,
    string Label,
    CountingRule Rule,
    IReadOnlyList<StepSource> Sources,
    StepKind Kind,
    string Citation,
    Confidence Confidence,
    string? Actual,
    FindingGrade? MilderGrade);

/// <summary>Where a step takes a date from: the first of the alternatives that is there, each an input or an earlier step.</summary>
/// <param name="Optional">A step goes on without it; without any other source it is left out.</param>
internal sealed record StepSource(IReadOnlyList<string> Alternatives, bool Optional);

/// <param name="Minimum">The step that the closing date may not be earlier than.</param>
/// <param name="WindowStart">The step before which the consultation may not run; null where there is no window.</param>
internal sealed record RegimeCheck(string Minimum, string? WindowStart = null, string? WindowEnd = null);
