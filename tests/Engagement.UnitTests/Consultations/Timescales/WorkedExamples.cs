using System.Text.Json;
using Engagement.Consultations.Application;
using Engagement.Consultations.Domain.Timescales;

namespace Engagement.UnitTests.Consultations.Timescales;

/// <summary>One worked example of the statutory timescales catalogue: what is given, and what must come out.</summary>
internal sealed record WorkedExample(string Id, string Regime, JsonElement Given, JsonElement Expect);

internal static class WorkedExamples
{
    public static readonly IReadOnlyList<WorkedExample> All = Read();

    public static TimetableInputs Inputs(JsonElement given) => TimetableInputs.Read(
        given.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value)),
        (name, reason) => throw new InvalidDataException($"{name}: {reason}"));

    /// <summary>The file as it is, for whoever wants to count.</summary>
    public static JsonElement File()
    {
#pragma warning disable MA0045 // Test data is read before a test begins, where nothing can be awaited.
        using var stream = typeof(WorkedExamples).Assembly.GetManifestResourceStream("worked-examples.json")!;
        using var document = JsonDocument.Parse(stream);
#pragma warning restore MA0045
        return document.RootElement.Clone();
    }

    private static List<WorkedExample> Read() => [.. File().GetProperty("examples").EnumerateArray().Select(e => new WorkedExample(
        e.GetProperty("id").GetString()!,
        e.GetProperty("regime").GetString()!,
        e.GetProperty("given"),
        e.GetProperty("expect")))];
}

/// <summary>The engine as the program runs it.</summary>
internal static class Engine
{
    public static readonly TimetableCalculator Real = TimetableCalculator.Create();

    /// <summary>The same for handlers, with nothing recorded by a council.</summary>
    public static ITimescales Timescales { get; } = new NothingRecorded();

    public static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd");

    public static TimetableInputs Inputs(params (string Name, string Date)[] dates) =>
        new() { Dates = dates.ToDictionary(d => d.Name, d => Day(d.Date), StringComparer.Ordinal) };

    public static Timetable Calculate(string regime, params (string Name, string Date)[] dates) => Real.Calculate([regime], Inputs(dates));

    public static DateOnly? DateOf(this Timetable timetable, string key) => timetable.Steps.FirstOrDefault(s => s.Key == key)?.Date;

    public static Finding? Finding(this Timetable timetable, string code) => timetable.Findings.FirstOrDefault(f => f.Code == code);
}

internal sealed class NothingRecorded : ITimescales
{
    private static readonly KnownTimescales Known = new(new BuiltInTimescales(), [], []);

    public Task<KnownTimescales> Read(CancellationToken cancellationToken) => Task.FromResult(Known);

    public Task<KnownTimescales> ReadFresh(CancellationToken cancellationToken) => Task.FromResult(Known);
}
