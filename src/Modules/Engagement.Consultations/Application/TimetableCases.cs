using System.Text.Json;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Application;

/// <summary>
/// Many timetables at once, for <c>engagement timetable --cases FILE</c>: reads <c>[{"id","regime","given":{…}}…]</c> and writes
/// <c>[{"id","dates":{key:date…},"compliant":true|false|null,"short_by_days":n,"outside_window":bool}…]</c>. It needs no database.
/// </summary>
public static class TimetableCases
{
    private static readonly JsonSerializerOptions Json = new()
    {
        AllowDuplicateProperties = false,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <param name="output">Gets the array of results and nothing else. A case that cannot be computed is left out of it.</param>
    /// <param name="errors">Gets one line for each case that cannot be computed, naming it, and why.</param>
    /// <returns>0 when every case was computed, 1 when one was not, 2 when the input is no list of cases (nothing is written to <paramref name="output"/>).</returns>
    public static int Run(TextReader input, TextWriter output, TextWriter errors)
    {
        List<JsonElement>? cases;
        try
        {
            cases = JsonSerializer.Deserialize<List<JsonElement>>(ReadAll(input), Json);
        }
        catch (JsonException error)
        {
            Write(errors, $"The cases cannot be read: {error.Message} Expected [{{\"id\",\"regime\",\"given\":{{…}}}}…].");
            return 2;
        }

        if (cases is null)
        {
            Write(errors, "The cases cannot be read: expected [{\"id\",\"regime\",\"given\":{…}}…], not null.");
            return 2;
        }

        var calculator = TimetableCalculator.Create();
        List<CaseResult> results = [];
        foreach (var (index, item) in cases.Index())
        {
            try
            {
                results.Add(Compute(calculator, item));
            }
            catch (Exception error) when (error is CaseException or RuleBrokenException)
            {
                Write(errors, $"Case {index + 1}{Label(item)}: {error.Message}");
            }
        }

        Write(output, JsonSerializer.Serialize(results, Json));
        return results.Count == cases.Count ? 0 : 1;
    }

    /// <summary>Computes the cases over and over, one after the other, and counts: how fast this machine is, and what a change costs.</summary>
    /// <param name="clock">Only the time that passes is taken from it.</param>
    /// <returns>How many timetables were computed in a second.</returns>
    /// <exception cref="RuleBrokenException">A case cannot be computed.</exception>
    public static double MeasureRate(TextReader input, TimeSpan span, TimeProvider clock)
    {
        var calculator = TimetableCalculator.Create();
        List<(string Regime, TimetableInputs Inputs)> cases =
            [.. JsonSerializer.Deserialize<List<JsonElement>>(ReadAll(input), Json)!.Select(item => (item.GetProperty("regime").GetString()!, InputsOf(item.GetProperty("given"))))];
        var computed = 0L;
        var begun = clock.GetTimestamp();
        while (clock.GetElapsedTime(begun) < span)
        {
            foreach (var (regime, inputs) in cases)
            {
                calculator.Calculate([regime], inputs);
            }

            computed += cases.Count;
        }

        return computed / clock.GetElapsedTime(begun).TotalSeconds;
    }

    private static TimetableInputs InputsOf(JsonElement given) => TimetableInputs.Read(
        given.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value)),
        (name, reason) => throw new CaseException($"{name}: {reason}"));

    private static CaseResult Compute(TimetableCalculator calculator, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new CaseException("a case is an object with id, regime and given.");
        }

        if (!TryGetId(item, out var id))
        {
            throw new CaseException("it has no id (a text or a number).");
        }

        if (!item.TryGetProperty("regime", out var regime) || regime.ValueKind != JsonValueKind.String)
        {
            throw new CaseException("it has no regime (the id of one, such as \"tro-permanent\").");
        }

        if (!item.TryGetProperty("given", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            throw new CaseException("it has no given (an object of dates by name).");
        }

        var timetable = calculator.Calculate([regime.GetString()!], InputsOf(given));
        return new CaseResult(
            id,
            timetable.Steps.ToDictionary(s => s.Key, s => s.Date, StringComparer.Ordinal),
            timetable.Compliant,
            timetable.ShortByDays,
            timetable.OutsideWindow);
    }

    private static bool TryGetId(JsonElement item, out JsonElement id)
    {
        id = default;
        return item.ValueKind == JsonValueKind.Object
            && item.TryGetProperty("id", out id)
            && id.ValueKind is JsonValueKind.String or JsonValueKind.Number;
    }

    private static string Label(JsonElement item) => TryGetId(item, out var id) ? $" ({id.GetRawText()})" : "";

#pragma warning disable MA0045, CA1849 // The command line has nothing else to do while it reads and writes.
    private static string ReadAll(TextReader input) => input.ReadToEnd();

    private static void Write(TextWriter writer, string line) => writer.WriteLine(line);
#pragma warning restore MA0045, CA1849

    private sealed record CaseResult(
        JsonElement Id,
        IReadOnlyDictionary<string, DateOnly> Dates,
        bool? Compliant,
        int ShortByDays,
        bool OutsideWindow);

    /// <summary>One case cannot be read.</summary>
    private sealed class CaseException(string message) : Exception(message);
}
