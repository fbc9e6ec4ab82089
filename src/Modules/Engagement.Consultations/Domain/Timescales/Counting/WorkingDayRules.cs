using System.Globalization;

namespace Engagement.Consultations.Domain.Timescales.Counting;

/// <summary>
/// "Beginning with the day …, and any day which is a public holiday must be disregarded": the start is day 1 unless it is such
/// a holiday. Town and Country Planning (Local Authority Consultations etc.) (England) Order 2018 (SI 2018/119), since 1 June 2018.
/// </summary>
internal sealed record BeginningWithLeavingOutPublicHolidays(int Days) : CountingRule
{
    public override string Name => "bw_ph";

    public override string Describe(string from) => $"{Plural(Days, "day")} beginning with {from}, public holidays left out";

    public override DateOnly Count(DateOnly start, CountedDays days)
    {
        var date = start;
        var left = days.IsPublicHoliday(date) ? Days : Days - 1;
        while (left > 0)
        {
            date = date.AddDays(1);
            left -= days.IsPublicHoliday(date) ? 0 : 1;
        }

        return date;
    }

    public override string Explain(DateOnly start, DateOnly result, CountedDays days)
    {
        List<string> leftOut = [];
        for (var date = start; date <= result; date = date.AddDays(1))
        {
            if (days.IsPublicHoliday(date))
            {
                leftOut.Add(Spell(date));
            }
        }

        var holidays = leftOut.Count == 0 ? "no public holiday falls in it" : $"left out as public holidays: {string.Join(", ", leftOut)}";
        return $"{Plural(Days, "day")} beginning with {Spell(start)} ({holidays}): the last day is {Spell(result)}.";
    }

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Walk(start, result, days.WhyNoCountedPublicDay, startLeftOut: null);
}

/// <summary>
/// "N working days before the event", as in election timetables (Local Elections (Principal Areas) (England and Wales) Rules
/// 2006, SI 2006/3304, Sch 2 rules 1 and 2). Saturdays, Sundays and bank holidays are left out, and the event itself.
/// </summary>
/// <param name="LeavesOutChristmasEve">True for elections, whose rules name Christmas Eve among the days left out.</param>
internal sealed record WorkingDaysBefore(int Days, bool LeavesOutChristmasEve = false) : CountingRule
{
    public override string Name => "wd_before";

    public override string Describe(string from) => $"{Plural(Days, "working day")} before {from}, leaving out weekends{(LeavesOutChristmasEve ? ", Christmas Eve" : "")} and bank holidays";

    public override DateOnly Count(DateOnly start, CountedDays days) => days.StepWorkingDays(start, -1, Days, LeavesOutChristmasEve);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days) =>
        $"{Plural(Days, "working day")} before {Spell(start)}, leaving out weekends{(LeavesOutChristmasEve ? ", Christmas Eve" : "")} and bank holidays: {Spell(result)}.";

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) => Walk(
        start,
        result,
        d => LeavesOutChristmasEve && d is { Month: 12, Day: 24 } ? "Christmas Eve, which these rules leave out" : days.WhyNoWorkingDay(d),
        "not counted: the law counts back from it");
}

/// <summary>"Within n working days": the start is left out (Lester v Garland (1808) 15 Ves 248), as are weekends and bank holidays.</summary>
internal sealed record WorkingDaysAfter(int Days) : CountingRule
{
    public override string Name => "wd_after";

    public override string Describe(string from) => $"{Plural(Days, "working day")} after {from}, which is not counted, leaving out weekends and bank holidays";

    public override DateOnly Count(DateOnly start, CountedDays days) => days.StepWorkingDays(start, 1, Days, leavesOutChristmasEve: false);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days) =>
        $"{Plural(Days, "working day")} after {Spell(start)}, which is not counted, leaving out weekends and bank holidays: {Spell(result)}.";

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Walk(start, result, days.WhyNoWorkingDay, "not counted: the law counts from it");
}

/// <summary>
/// "N clear days before" a meeting, read as working days: neither end counts. R v Swansea City Council ex p Elitestone (CA 1993)
/// on Local Government Act 1972 s.100B. The result is the latest working day with n working days strictly between.
/// </summary>
internal sealed record ClearWorkingDaysBefore(int Days) : CountingRule
{
    public override string Name => "clear_wd_before";

    public override string Describe(string from) => $"{Plural(Days, "clear working day")} before {from}: neither end counts, and weekends and bank holidays are left out";

    public override DateOnly Count(DateOnly start, CountedDays days) => days.StepWorkingDays(start, -1, Days + 1, leavesOutChristmasEve: false);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days) =>
        $"{Plural(Days, "clear working day")} before {Spell(start)}, neither end counted and leaving out weekends and bank holidays: {Spell(result)} is the latest day.";

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) => Walk(
        start, result, d => d == result ? "not counted: the clear days lie after it" : days.WhyNoWorkingDay(d), "not counted: the clear days lie before it");
}

/// <summary>
/// "N working days during term time" (Department for Education guidance on school travel and on school land): the n-th
/// Monday to Friday that is neither a bank holiday nor in a school holiday, the start counted when it is such a day.
/// </summary>
internal sealed record TermTimeWorkingDays(int Days) : CountingRule
{
    public override string Name => "term_working_days";

    public override string Describe(string from) => $"{Plural(Days, "school day")} from {from}, leaving out weekends, bank holidays and school holidays";

    public override DateOnly Count(DateOnly start, CountedDays days)
    {
        var date = start;
        var left = days.IsSchoolDay(date) ? Days - 1 : Days;
        while (left > 0)
        {
            date = date.AddDays(1);
            left -= days.IsSchoolDay(date) ? 1 : 0;
        }

        return date;
    }

    public override string Explain(DateOnly start, DateOnly result, CountedDays days)
    {
        // The recorded ones go over years: those that this count has met are told.
        var met = days.BreaksAreRecorded ? days.SchoolBreaks.Where(b => b.First <= result && b.Last >= start).ToList() : days.SchoolBreaks;
        var breaks = days.SchoolBreaks.Count == 0 ? "no school holidays were given"
            : met.Count == 0 ? "none of those that the council has recorded falls in it"
            : $"school holidays{(days.BreaksAreRecorded ? " that the council has recorded" : "")}: " + string.Join(", ", met.Select(b => $"{Spell(b.First)} to {Spell(b.Last)}"));
        return $"School day {Days.ToString(CultureInfo.InvariantCulture)} counted from {Spell(start)}, leaving out weekends, bank holidays and school holidays ({breaks}): {Spell(result)}.";
    }

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Walk(start, result, days.WhyNoSchoolDay, startLeftOut: null);
}

/// <summary>
/// "… or the next working day": one of the few dates that the law itself rolls forward. School Admissions (Admission Arrangements
/// and Co-ordination of Admission Arrangements) (England) Regulations 2012 (SI 2012/8), national offer days.
/// </summary>
internal sealed record NextWorkingDay : CountingRule
{
    public override string Name => "next_wd";

    public override string Describe(string from) => $"{from}, or the next working day";

    public override DateOnly Count(DateOnly start, CountedDays days) =>
        days.IsWorkingDay(start) ? start : days.StepWorkingDays(start, 1, 1, leavesOutChristmasEve: false);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days) =>
        start == result ? $"{Spell(start)} is a working day." : $"{Spell(start)} is not a working day, so the next one: {Spell(result)}.";

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Walk(start, result, days.WhyNoWorkingDay, startLeftOut: null);
}
