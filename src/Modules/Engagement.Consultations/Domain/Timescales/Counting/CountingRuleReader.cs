using System.Text.Json;

namespace Engagement.Consultations.Domain.Timescales.Counting;

/// <summary>The names that regime files use for the counting rules, and what each needs.</summary>
internal static class CountingRuleReader
{
    /// <summary>Longer than any period in law; a number above it is a slip of the pen.</summary>
    private const int LongestNumber = 400;

    /// <param name="at">Names the regime and the step, for messages.</param>
    public static CountingRule Read(StepEntry step, string at)
    {
        if (step.LeaveOut is not null && (step.Op != "wd_before" || step.LeaveOut != "christmas-eve"))
        {
            throw new RegimeDataException($"{at}: '{step.Op}' cannot leave out '{step.LeaveOut}'. Only wd_before can, and only christmas-eve.");
        }

        return step.Op switch
        {
            "bw" => new BeginningWith(LengthOf(step, at, least: 1)),
            "after" => new FromOrAfter(LengthOf(step, at, least: 0)),
            "before" => new Before(LengthOf(step, at, least: 1)),
            "clear_before" => new ClearDaysBefore(Number(step, at, "day")),
            "clear_after" => new ClearDaysAfter(Number(step, at, "day")),
            "bw_ph" => new BeginningWithLeavingOutPublicHolidays(Number(step, at, "day")),
            "wd_before" => new WorkingDaysBefore(Number(step, at, "working_day"), step.LeaveOut is not null),
            "wd_after" => new WorkingDaysAfter(Number(step, at, "working_day")),
            "clear_wd_before" => new ClearWorkingDaysBefore(Number(step, at, "working_day")),
            "term_working_days" => new TermTimeWorkingDays(Number(step, at, "term_working_day")),
            "next_wd" => Bare(new NextWorkingDay(), step, at),
            "day_after" => Bare(new DayAfter(), step, at),
            "fixed" => ReadFixed(step, at),
            _ => throw new RegimeDataException($"{at}: unknown counting rule '{step.Op}'. The rules are bw, after, before, clear_before, clear_after, bw_ph, wd_before, wd_after, clear_wd_before, term_working_days, next_wd, fixed and day_after."),
        };
    }

    /// <param name="parts">Year offset, month and day.</param>
    public static FixedDate ReadFixedDate(IReadOnlyList<int> parts, string at) =>
        parts is [>= -10 and <= 10, >= 1 and <= 12, >= 1] && parts[2] <= DateTime.DaysInMonth(2024, parts[1])
            ? new FixedDate(parts[0], parts[1], parts[2])
            : throw new RegimeDataException($"{at}: a fixed date is [year offset, month, day], not [{string.Join(", ", parts)}].");

    private static FixedDate ReadFixed(StepEntry step, string at)
    {
        RefuseUnit(step, at);
        if (step.N is not { ValueKind: JsonValueKind.Array } numbers
            || numbers.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.Number || !n.TryGetInt32(out _)))
        {
            throw new RegimeDataException($"{at}: a fixed date needs n as [year offset, month, day].");
        }

        return ReadFixedDate([.. numbers.EnumerateArray().Select(n => n.GetInt32())], at);
    }

    private static Length LengthOf(StepEntry step, string at, int least) =>
        new(Number(step, at, least), step.Unit switch
        {
            "day" => LengthUnit.Day,
            "week" => LengthUnit.Week,
            "month" => LengthUnit.Month,
            "year" => LengthUnit.Year,
            _ => throw new RegimeDataException($"{at}: unknown unit '{step.Unit}' for '{step.Op}'. It counts day, week, month or year."),
        });

    private static int Number(StepEntry step, string at, string unit) =>
        step.Unit == unit
            ? Number(step, at, least: 1)
            : throw new RegimeDataException($"{at}: '{step.Op}' counts the unit {unit}, not '{step.Unit}'.");

    private static int Number(StepEntry step, string at, int least) =>
        step.N is { ValueKind: JsonValueKind.Number } n && n.TryGetInt32(out var number) && number >= least && number <= LongestNumber
            ? number
            : throw new RegimeDataException($"{at}: '{step.Op}' needs n as a whole number from {least} to {LongestNumber}.");

    private static CountingRule Bare(CountingRule rule, StepEntry step, string at)
    {
        RefuseUnit(step, at);
        return step.N is null ? rule : throw new RegimeDataException($"{at}: '{step.Op}' takes no n.");
    }

    private static void RefuseUnit(StepEntry step, string at)
    {
        if (step.Unit is not null)
        {
            throw new RegimeDataException($"{at}: '{step.Op}' takes no unit.");
        }
    }
}
