using System.Text.Json;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.LocalRegimes;

/// <summary>
/// What a council asks of itself beyond the law, such as a longer period or more time to consider: the same data as a regime of the
/// program's own, versioned by effective date inside. It is good practice, never statute, and can only make a timetable longer.
/// </summary>
internal sealed class LocalRegime : AggregateRoot
{
    /// <summary>No regime of the program begins so, in this version or a later one.</summary>
    public const string Prefix = "local-";

    public const string Group = "This council";

    private LocalRegime()
    {
    }

    public LocalRegimeId Id { get; private init; }

    public override Guid Identity => Id.Value;

    /// <summary>The regime's id among all regimes, such as <c>local-libraries</c>.</summary>
    public string Code { get; private init; } = "";

    /// <summary>One regime in the shape of the regime files, as JSON.</summary>
    public string Definition { get; private set; } = "";

    /// <summary>Where the council decided it, in words.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Where it can be read; null where it is not on the web.</summary>
    public string? SourceAddress { get; private set; }

    /// <summary>The day on which it was last recorded.</summary>
    public DateOnly RecordedOn { get; private set; }

    /// <param name="known">The regimes there are.</param>
    /// <exception cref="RuleBrokenException"><c>local-regime-invalid</c>, naming the slip; <c>regime-exists</c>.</exception>
    public static LocalRegime Add(JsonElement definition, string source, string? sourceAddress, RegimeCatalogue known, DateTimeOffset now)
    {
        var regime = LocalRegimeRules.Check(definition, source, sourceAddress, UkTime.DateOf(now), known);
        if (known.All.Any(r => r.Id == regime.Id))
        {
            throw new RuleBrokenException("regime-exists", $"There is a regime '{regime.Id}' already. Choose another id, or change that one.");
        }

        var added = new LocalRegime { Id = LocalRegimeId.New(), Code = regime.Id };
        added.Take(definition, source, sourceAddress, UkTime.DateOf(now));
        added.Raise(new LocalRegimeAdded(added.Id, added.Code, regime.Name, definition, source, sourceAddress, now));
        return added;
    }

    /// <summary>Puts another definition in its place; the history keeps the one before.</summary>
    /// <exception cref="RuleBrokenException"><c>local-regime-invalid</c>.</exception>
    public void Revise(JsonElement definition, string source, string? sourceAddress, RegimeCatalogue known, DateTimeOffset now)
    {
        var regime = LocalRegimeRules.Check(definition, source, sourceAddress, UkTime.DateOf(now), known);
        if (regime.Id != Code)
        {
            throw LocalRegimeRules.Invalid($"The id of a regime stays: it is '{Code}', not '{regime.Id}'.");
        }

        Take(definition, source, sourceAddress, UkTime.DateOf(now));
        Raise(new LocalRegimeRevised(Id, Code, regime.Name, definition, source, sourceAddress, now));
    }

    public Regime Read() => LocalRegimeRules.Read(Definition, Source, SourceAddress, RecordedOn);

    private void Take(JsonElement definition, string source, string? sourceAddress, DateOnly today) =>
        (Definition, Source, SourceAddress, RecordedOn) = (definition.GetRawText(), source, sourceAddress, today);
}

internal sealed record LocalRegimeAdded(
    LocalRegimeId Id, string Code, string Name, JsonElement Definition, string Source, string? SourceAddress, DateTimeOffset At) : IDomainEvent;

internal sealed record LocalRegimeRevised(
    LocalRegimeId Id, string Code, string Name, JsonElement Definition, string Source, string? SourceAddress, DateTimeOffset At) : IDomainEvent;
