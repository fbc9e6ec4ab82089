using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;

namespace Engagement.UnitTests.Consultations.Timescales;

/// <summary>
/// Holds every counting rule against a second count that shares no code with it: it walks day by day, over bank holidays that it
/// derives from the Acts instead of reading the data, for every start date of 2023 to 2028.
/// </summary>
public sealed class BruteForceCountTests
{
    private static readonly CountedDays Days = new(UkCalendar.Load(), [new DateRange(new(2026, 12, 19), new(2027, 1, 3)), new DateRange(new(2027, 2, 15), new(2027, 2, 19))]);

    private static readonly HashSet<DateOnly> BankHolidays = [.. Enumerable.Range(2022, 7).SelectMany(HandMadeBankHolidays)];

    private static readonly int[] Numbers = [1, 2, 5, 14, 21, 28, 60];

    private static IEnumerable<DateOnly> Starts => Between(new(2023, 1, 1), new(2028, 12, 31));

    [Fact]
    public void The_data_holds_the_bank_holidays_that_the_Acts_and_proclamations_give()
    {
        foreach (var date in Between(new(2023, 1, 1), new(2028, 12, 31)))
        {
            (Days.Calendar.BankHoliday(date) is not null).ShouldBe(BankHolidays.Contains(date), UkTime.Spell(date));
        }
    }

    [Fact]
    public void Beginning_with_days_and_weeks() => Compare(
        n => new BeginningWith(new Length(n, LengthUnit.Day)), (start, n) => NthDay(start, 1, n, countsStart: true, _ => true));

    [Fact]
    public void From_or_after_days() => Compare(
        n => new FromOrAfter(new Length(n, LengthUnit.Day)), (start, n) => NthDay(start, 1, n, countsStart: false, _ => true));

    [Fact]
    public void From_or_after_weeks() => Compare(
        n => new FromOrAfter(new Length(n, LengthUnit.Week)), (start, n) => NthDay(start, 1, 7 * n, countsStart: false, _ => true));

    [Fact]
    public void Before_days() => Compare(
        n => new Before(new Length(n, LengthUnit.Day)), (start, n) => NthDay(start, -1, n, countsStart: false, _ => true));

    [Fact]
    public void Clear_days_before() => Compare(
        n => new ClearDaysBefore(n), (start, n) => FirstWithStrictlyBetween(start, -1, n, _ => true));

    [Fact]
    public void Clear_days_after() => Compare(
        n => new ClearDaysAfter(n), (start, n) => FirstWithStrictlyBetween(start, 1, n, _ => true));

    [Fact]
    public void Beginning_with_leaving_out_public_holidays() => Compare(
        n => new BeginningWithLeavingOutPublicHolidays(n), (start, n) => NthDay(start, 1, n, countsStart: true, d => !IsPublicHoliday(d)));

    [Fact]
    public void Working_days_before() => Compare(
        n => new WorkingDaysBefore(n), (start, n) => NthDay(start, -1, n, countsStart: false, IsWorkingDay));

    [Fact]
    public void Working_days_before_without_Christmas_Eve() => Compare(
        n => new WorkingDaysBefore(n, LeavesOutChristmasEve: true),
        (start, n) => NthDay(start, -1, n, countsStart: false, d => IsWorkingDay(d) && (d.Month, d.Day) != (12, 24)));

    [Fact]
    public void Working_days_after() => Compare(
        n => new WorkingDaysAfter(n), (start, n) => NthDay(start, 1, n, countsStart: false, IsWorkingDay));

    [Fact]
    public void Clear_working_days_before() => Compare(
        n => new ClearWorkingDaysBefore(n), (start, n) => FirstWithStrictlyBetween(start, -1, n, IsWorkingDay));

    [Fact]
    public void Term_time_working_days() => Compare(
        n => new TermTimeWorkingDays(n),
        (start, n) => NthDay(start, 1, n, countsStart: true, d => IsWorkingDay(d) && !Days.SchoolBreaks.Any(b => b.First <= d && d <= b.Last)));

    [Fact]
    public void Next_working_day() => Compare(_ => new NextWorkingDay(), (start, _) => NthDay(start, 1, 1, countsStart: true, IsWorkingDay));

    [Fact]
    public void Day_after() => Compare(_ => new DayAfter(), (start, _) => NthDay(start, 1, 1, countsStart: false, _ => true));

    [Fact]
    public void Months_from() => Compare(n => new FromOrAfter(new Length(n, LengthUnit.Month)), (start, n) => Corresponding(start, n).Date);

    [Fact]
    public void Months_before() => Compare(n => new Before(new Length(n, LengthUnit.Month)), (start, n) => Corresponding(start, -n).Date);

    [Fact]
    public void Months_beginning_with() => Compare(
        n => new BeginningWith(new Length(n, LengthUnit.Month)),
        (start, n) => Corresponding(start, n) is var (date, exists) && exists ? date.AddDays(-1) : date);

    [Fact]
    public void Years_from() => Compare(n => new FromOrAfter(new Length(n, LengthUnit.Year)), (start, n) => Corresponding(start, 12 * n).Date);

    [Fact]
    public void Years_beginning_with() => Compare(
        n => new BeginningWith(new Length(n, LengthUnit.Year)),
        (start, n) => Corresponding(start, 12 * n) is var (date, exists) && exists ? date.AddDays(-1) : date);

    [Fact]
    public void Fixed_dates()
    {
        foreach (var start in Starts)
        {
            var lastOfFebruary = Between(new(start.Year, 2, 1), new(start.Year, 2, 28)).Last().AddDays(1);
            new FixedDate(0, 2, 29).Count(start, Days).ShouldBe(lastOfFebruary.Month == 2 ? lastOfFebruary : lastOfFebruary.AddDays(-1));
            new FixedDate(-2, 10, 1).Count(start, Days).ShouldBe(new DateOnly(start.Year - 2, 10, 1));
        }
    }

    /// <summary>Where the walk leaves the years whose holidays are known, the rule must refuse instead.</summary>
    private static void Compare(Func<int, CountingRule> rule, Func<DateOnly, int, DateOnly> bruteForce)
    {
        var compared = 0;
        foreach (var number in Numbers)
        {
            var counting = rule(number);
            foreach (var start in Starts)
            {
                DateOnly expected;
                try
                {
                    expected = bruteForce(start, number);
                }
                catch (NotSupportedException)
                {
                    Should.Throw<RuleBrokenException>(() => counting.Count(start, Days)).Code.ShouldBe("holidays-unknown");
                    continue;
                }

                if (counting.Count(start, Days) != expected)
                {
                    Assert.Fail($"{counting} from {start:yyyy-MM-dd}: {counting.Count(start, Days):yyyy-MM-dd}, by hand {expected:yyyy-MM-dd}.");
                }

                compared++;
            }
        }

        compared.ShouldBeGreaterThan(10_000);
    }

    private static DateOnly NthDay(DateOnly start, int direction, int n, bool countsStart, Func<DateOnly, bool> counts)
    {
        var date = countsStart ? start : start.AddDays(direction);
        var counted = counts(date) ? 1 : 0;
        while (counted < n)
        {
            date = date.AddDays(direction);
            counted += counts(date) ? 1 : 0;
        }

        return date;
    }

    /// <summary>The first counted day with n counted days strictly between it and the start.</summary>
    private static DateOnly FirstWithStrictlyBetween(DateOnly start, int direction, int n, Func<DateOnly, bool> counts)
    {
        for (var date = start.AddDays(direction); ; date = date.AddDays(direction))
        {
            var (first, last) = direction > 0 ? (start.AddDays(1), date.AddDays(-1)) : (date.AddDays(1), start.AddDays(-1));
            if (counts(date) && Between(first, last).Count(counts) == n)
            {
                return date;
            }
        }
    }

    /// <summary>Walks month by month and looks for the same day number; tells whether the month has it.</summary>
    private static (DateOnly Date, bool Exists) Corresponding(DateOnly start, int months)
    {
        var (year, month) = (start.Year, start.Month);
        for (var i = 0; i < Math.Abs(months); i++)
        {
            month += Math.Sign(months);
            (year, month) = month switch { 13 => (year + 1, 1), 0 => (year - 1, 12), _ => (year, month) };
        }

        var length = Between(new(year, month, 1), new DateOnly(year, month, 28).AddDays(4)).Count(d => d.Month == month);
        return (new DateOnly(year, month, Math.Min(start.Day, length)), start.Day <= length);
    }

    private static IEnumerable<DateOnly> Between(DateOnly first, DateOnly last)
    {
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            yield return date;
        }
    }

    private static bool IsWorkingDay(DateOnly date) => !IsBankHoliday(date) && (int)date.DayOfWeek is >= 1 and <= 5;

    private static bool IsPublicHoliday(DateOnly date) =>
        IsBankHoliday(date) || (date.Month, date.Day) == (12, 25) || ((date.Month, date.Day) == (12, 26) && date.DayOfWeek != DayOfWeek.Sunday);

    private static bool IsBankHoliday(DateOnly date) =>
        date.Year <= 2028 ? BankHolidays.Contains(date) : throw new NotSupportedException("Bank holidays end with 2028.");

    /// <summary>Banking and Financial Dealings Act 1971 Sch 1 and the proclamations of New Year, early May and the coronation.</summary>
    private static IEnumerable<DateOnly> HandMadeBankHolidays(int year)
    {
        var easter = EasterSunday(year);
        yield return FirstWeekday(new(year, 1, 1));
        yield return easter.AddDays(-2);
        yield return easter.AddDays(1);
        yield return FirstMonday(new(year, 5, 1));
        yield return FirstMonday(new(year, 5, 25));
        yield return FirstMonday(new(year, 8, 25));
        var christmas = new DateOnly(year, 12, 25);
        foreach (var day in christmas.DayOfWeek switch
        {
            DayOfWeek.Friday => new[] { 25, 28 },
            DayOfWeek.Saturday => [27, 28],
            DayOfWeek.Sunday => [26, 27],
            _ => [25, 26],
        })
        {
            yield return new DateOnly(year, 12, day);
        }

        if (year == 2023)
        {
            yield return new DateOnly(2023, 5, 8);
        }
    }

    private static DateOnly FirstMonday(DateOnly date) => NthDay(date, 1, 1, countsStart: true, d => d.DayOfWeek == DayOfWeek.Monday);

    private static DateOnly FirstWeekday(DateOnly date) => NthDay(date, 1, 1, countsStart: true, d => (int)d.DayOfWeek is >= 1 and <= 5);

    /// <summary>The anonymous Gregorian computus.</summary>
    private static DateOnly EasterSunday(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
