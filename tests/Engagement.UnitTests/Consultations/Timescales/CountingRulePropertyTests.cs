using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class CountingRulePropertyTests
{
    private static readonly CountedDays Days = new(UkCalendar.Load(), []);

    private static readonly Arbitrary<DateOnly> AnyDate =
        Gen.Choose(TimetableInputs.FirstDate.DayNumber, TimetableInputs.LastDate.DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    /// <summary>Dates from which 60 working days on either side stay within the known years.</summary>
    private static readonly Arbitrary<DateOnly> KnownDate =
        Gen.Choose(new DateOnly(2012, 6, 1).DayNumber, new DateOnly(2028, 8, 31).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    private static readonly Arbitrary<int> Number = Gen.Choose(1, 60).ToArbitrary();

    private static readonly Arbitrary<LengthUnit> Unit = Gen.Elements(LengthUnit.Day, LengthUnit.Week, LengthUnit.Month, LengthUnit.Year).ToArbitrary();

    [Fact]
    public void From_is_never_earlier_than_beginning_with_and_at_most_a_day_later() =>
        Prop.ForAll(AnyDate, Number, Unit, (start, n, unit) =>
        {
            var difference = Count(new FromOrAfter(new Length(n, unit)), start).DayNumber - Count(new BeginningWith(new Length(n, unit)), start).DayNumber;
            return difference is 0 or 1 && (difference == 1 || unit is LengthUnit.Month or LengthUnit.Year);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_later_start_never_ends_earlier() =>
        Prop.ForAll(KnownDate, Number, (start, n) => EveryRule(n).All(rule => Count(rule, start) <= Count(rule, start.AddDays(1))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_longer_period_never_ends_earlier() =>
        Prop.ForAll(KnownDate, Gen.Choose(1, 59).ToArbitrary(), (start, n) => EveryRule(n).Zip(EveryRule(n + 1)).All(pair =>
            CountsBackwards(pair.First)
                ? Count(pair.Second, start) <= Count(pair.First, start)
                : Count(pair.First, start) <= Count(pair.Second, start))).QuickCheckThrowOnFailure();

    [Fact]
    public void Days_before_undo_days_after() =>
        Prop.ForAll(AnyDate, Number, (start, n) =>
            Count(new Before(new Length(n, LengthUnit.Day)), Count(new FromOrAfter(new Length(n, LengthUnit.Day)), start)) == start).QuickCheckThrowOnFailure();

    [Fact]
    public void Seven_days_are_a_week() =>
        Prop.ForAll(AnyDate, Number, (start, n) =>
            Count(new FromOrAfter(new Length(7 * n, LengthUnit.Day)), start) == Count(new FromOrAfter(new Length(n, LengthUnit.Week)), start)
            && Count(new FromOrAfter(new Length(n, LengthUnit.Week)), start).DayOfWeek == start.DayOfWeek).QuickCheckThrowOnFailure();

    [Fact]
    public void Months_keep_the_day_of_the_month_or_end_it() =>
        Prop.ForAll(AnyDate, Number, (start, n) =>
        {
            var end = Count(new FromOrAfter(new Length(n, LengthUnit.Month)), start);
            return end.Day == start.Day || (end.Day < start.Day && end.AddDays(1).Day == 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Leaving_public_holidays_out_never_shortens_a_period_and_never_ends_on_one() =>
        Prop.ForAll(KnownDate, Number, (start, n) =>
        {
            var end = Count(new BeginningWithLeavingOutPublicHolidays(n), start);
            return end >= Count(new BeginningWith(new Length(n, LengthUnit.Day)), start) && !Days.IsPublicHoliday(end);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Working_day_counts_end_on_working_days() =>
        Prop.ForAll(KnownDate, Number, (start, n) => new CountingRule[]
        {
            new WorkingDaysBefore(n), new WorkingDaysAfter(n), new ClearWorkingDaysBefore(n), new TermTimeWorkingDays(n), new NextWorkingDay(),
        }.All(rule => Days.IsWorkingDay(Count(rule, start)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_working_names_the_result() =>
        Prop.ForAll(KnownDate, Number, (start, n) => EveryRule(n).All(rule =>
        {
            var end = Count(rule, start);
            return rule.Explain(start, end, Days).Contains(UkTime.Spell(end), StringComparison.Ordinal);
        })).QuickCheckThrowOnFailure();

    private static DateOnly Count(CountingRule rule, DateOnly start) => rule.Count(start, Days);

    private static bool CountsBackwards(CountingRule rule) => rule is Before or ClearDaysBefore or WorkingDaysBefore or ClearWorkingDaysBefore;

    private static CountingRule[] EveryRule(int n) =>
    [
        new BeginningWith(new Length(n, LengthUnit.Day)),
        new BeginningWith(new Length(n, LengthUnit.Week)),
        new BeginningWith(new Length(n, LengthUnit.Month)),
        new FromOrAfter(new Length(n, LengthUnit.Day)),
        new FromOrAfter(new Length(n, LengthUnit.Month)),
        new Before(new Length(n, LengthUnit.Day)),
        new Before(new Length(n, LengthUnit.Month)),
        new ClearDaysBefore(n),
        new ClearDaysAfter(n),
        new BeginningWithLeavingOutPublicHolidays(n),
        new WorkingDaysBefore(n),
        new WorkingDaysAfter(n),
        new ClearWorkingDaysBefore(n),
        new TermTimeWorkingDays(n),
        new NextWorkingDay(),
        new FixedDate(0, 2, 29),
        new DayAfter(),
    ];
}
