using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;

namespace Engagement.UnitTests.Consultations.Timescales;

/// <summary>The day-by-day count of each rule, held against the rule itself over every start date of 2023 to 2027.</summary>
public sealed class DayByDayTests
{
    private static readonly CountedDays Days = new(
        UkCalendar.Load(), [new DateRange(new(2023, 2, 13), new(2023, 2, 17)), new DateRange(new(2024, 7, 22), new(2024, 9, 1)), new DateRange(new(2026, 12, 19), new(2027, 1, 3))]);

    /// <summary>Rule, how many days it numbers, and whether its result is the last of them.</summary>
    private static readonly (CountingRule Rule, int Numbered, bool EndsOnResult)[] Rules =
    [
        (new BeginningWith(new Length(21, LengthUnit.Day)), 21, true),
        (new BeginningWith(new Length(6, LengthUnit.Week)), 42, true),
        (new FromOrAfter(new Length(14, LengthUnit.Day)), 14, true),
        (new Before(new Length(28, LengthUnit.Day)), 28, true),
        (new ClearDaysBefore(5), 5, false),
        (new ClearDaysAfter(3), 3, false),
        (new BeginningWithLeavingOutPublicHolidays(21), 21, true),
        (new WorkingDaysBefore(25, LeavesOutChristmasEve: true), 25, true),
        (new WorkingDaysAfter(10), 10, true),
        (new ClearWorkingDaysBefore(5), 5, false),
        (new TermTimeWorkingDays(20), 20, true),
        (new NextWorkingDay(), 1, true),
        (new DayAfter(), 1, true),
    ];

    [Fact]
    public void Numbers_as_many_days_as_the_law_counts_and_ends_on_the_result()
    {
        for (var start = new DateOnly(2023, 1, 1); start <= new DateOnly(2027, 12, 31); start = start.AddDays(1))
        {
            foreach (var (rule, numbered, endsOnResult) in Rules)
            {
                var result = rule.Count(start, Days);
                var rows = rule.DayByDay(start, result, Days);

                rows[0].Date.ShouldBe(start, $"{rule} {start}");
                rows[^1].Date.ShouldBe(result, $"{rule} {start}");
                rows.Where(r => r.Number is not null).Select(r => r.Number!.Value).ShouldBe(Enumerable.Range(1, numbered), $"{rule} {start}");
                (rows[^1].Number is not null).ShouldBe(endsOnResult, $"{rule} {start}");
                rows.Zip(rows.Skip(1)).All(p => Math.Abs(p.First.Date.DayNumber - p.Second.Date.DayNumber) == 1).ShouldBeTrue($"{rule} {start}");
                rows.Where(r => r.Number is null).ShouldAllBe(r => !string.IsNullOrEmpty(r.Why));
            }
        }
    }

    [Fact]
    public void Months_have_a_row_for_each_corresponding_date()
    {
        var start = new DateOnly(2027, 1, 31);
        var rule = new BeginningWith(new Length(2, LengthUnit.Month));

        rule.DayByDay(start, rule.Count(start, Days), Days).Select(r => (r.Date, r.Number)).ShouldBe(
        [
            (start, null), (new(2027, 2, 28), 1), (new(2027, 3, 31), 2), (new(2027, 3, 30), null),
        ]);
        new FromOrAfter(new Length(1, LengthUnit.Month)).DayByDay(start, new(2027, 2, 28), Days)[^1].Why.ShouldBe("the last day of a month without a 31st");
    }

    [Fact]
    public void Says_why_a_day_is_left_out()
    {
        var rule = new BeginningWithLeavingOutPublicHolidays(5);
        var rows = rule.DayByDay(new(2026, 12, 24), rule.Count(new(2026, 12, 24), Days), Days);

        rows.Where(r => r.Number is null).Select(r => (r.Date.Day, r.Why)).ShouldBe(
            [(25, "public holiday: Christmas Day"), (26, "public holiday: 26 December"), (28, "public holiday: Boxing Day")]);
        Days.WhyNoSchoolDay(new(2026, 12, 21)).ShouldBe("school holiday");
        Days.WhyNoSchoolDay(new(2026, 12, 19)).ShouldBe("weekend");
        Days.WhyNoSchoolDay(new(2026, 12, 18)).ShouldBeNull();
    }

    [Fact]
    public void A_date_that_the_law_names_is_one_row() =>
        new FixedDate(0, 2, 28).DayByDay(new(2027, 1, 1), new(2027, 2, 28), Days).ShouldHaveSingleItem().Date.ShouldBe(new DateOnly(2027, 2, 28));
}
