using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>What holds for the period of any consultation, whatever its regime: holidays, elections, time to consider.</summary>
internal sealed class PeriodFindings(UkCalendar calendar, CouncilCalendar council)
{
    /// <summary>
    /// The notice of election is due not later than this many working days before the poll: Local Elections (Principal Areas)
    /// (England and Wales) Rules 2006 (SI 2006/3304) Sch 2 rules 1 and 2.
    /// </summary>
    private static readonly WorkingDaysBefore NoticeOfElection = new(25, LeavesOutChristmasEve: true);

    /// <summary>Days between closing and deciding below which this product doubts that responses can be considered; no law names a number.</summary>
    private const int DaysToConsider = 14;

    /// <summary>More than half of August.</summary>
    private const int MostOfAugust = 16;

    /// <summary>Polls that are further away than this from every date say nothing.</summary>
    private const int DaysNear = 365;

    private const string PublicityLaw = "Local Government Act 1986 ss.2 and 4; Code of Recommended Practice on Local Authority Publicity (Circular 01/2011) paras 33 to 35";
    private const string Gunning = "R v Brent LBC ex p Gunning (1985) 84 LGR 168";

    public IEnumerable<Finding> Of(IReadOnlyList<RegimeTimetable> timetables, TimetableInputs inputs)
    {
        var opens = inputs.Date(TimetableInputs.Opens) ?? timetables.Min(t => t.Trigger);
        var closes = inputs.Date(TimetableInputs.Closes);
        return
        [
            .. OfOrder(inputs.Date(TimetableInputs.Opens), closes),
            .. OfLastDay(closes),
            .. OfClosures(closes),
            .. opens is null || closes is null ? [] : OfHolidays(new DateRange(opens.Value, closes.Value)),
            .. OfElection(inputs, opens, closes),
            .. OfDecision(inputs.Date(TimetableInputs.Decision), closes),
        ];
    }

    private static IEnumerable<Finding> OfOrder(DateOnly? opens, DateOnly? closes)
    {
        if (closes < opens)
        {
            yield return new Finding(
                FindingGrade.Breach,
                "closes-before-it-opens",
                null,
                null,
                $"The consultation closes on {UkTime.Spell(closes.Value)}, before it opens on {UkTime.Spell(opens.Value)}.",
                null);
        }
    }

    private IEnumerable<Finding> OfLastDay(DateOnly? closes)
    {
        if (closes is not { } last)
        {
            yield break;
        }

        if (calendar.Knows(last.Year) && calendar.BankHoliday(last) is { } holiday)
        {
            yield return new Finding(
                FindingGrade.Advice,
                "ends-on-bank-holiday",
                null,
                null,
                $"{UkTime.Spell(last)} is a bank holiday ({holiday}). That is lawful, and the last day does not move by itself; consider the next working day.",
                null);
        }
        else if (last.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            yield return new Finding(
                FindingGrade.Advice,
                "ends-on-weekend",
                null,
                null,
                $"{UkTime.Spell(last)} is at a weekend. That is lawful, and the last day does not move by itself; consider the next working day.",
                null);
        }
    }

    private IEnumerable<Finding> OfClosures(DateOnly? closes)
    {
        if (closes is { } last && council.Closures.FirstOrDefault(c => c.Days.Contains(last)) is { } closure)
        {
            yield return new Finding(
                FindingGrade.Advice,
                "closes-on-closure",
                null,
                null,
                $"On {UkTime.Spell(last)} the council is closed ({closure.Title}): answers on paper cannot be handed in and nobody can be asked. Consider {UkTime.Spell(closure.Days.Last.AddDays(1))} or later.",
                null);
        }
    }

    private IEnumerable<Finding> OfHolidays(DateRange period)
    {
        for (var year = period.First.Year - 1; year <= period.Last.Year; year++)
        {
            if (Overlap(period, new DateRange(new DateOnly(year, 12, 21), new DateOnly(year + 1, 1, 3))) > 0)
            {
                yield return Holiday("christmas", $"The period runs into the Christmas fortnight (21 December {year} to 3 January {year + 1}). Add about two weeks.");
            }

            if (Overlap(period, new DateRange(new DateOnly(year, 8, 1), new DateOnly(year, 8, 31))) is var august and > 0)
            {
                yield return Holiday(
                    "august",
                    august >= MostOfAugust ? $"The period takes in most of August {year}. Add about two weeks." : $"The period runs into August {year}, when many people are away. Consider more time.");
            }

            if (calendar.GoodFriday(year) is { } goodFriday && Overlap(period, new DateRange(goodFriday, goodFriday.AddDays(3))) == 4)
            {
                yield return Holiday("easter", $"The period takes in Easter {year}. Add about one week.");
            }
        }

        static Finding Holiday(string code, string message) =>
            new(FindingGrade.Advice, code, null, null, message, $"{Gunning}: adequate time");
    }

    /// <summary>Days that two runs of days share.</summary>
    private static int Overlap(DateRange one, DateRange other)
    {
        var first = one.First > other.First ? one.First : other.First;
        var last = one.Last < other.Last ? one.Last : other.Last;
        return Math.Max(0, last.DayNumber - first.DayNumber + 1);
    }

    /// <summary>From the notice of election to the poll, both counted in; null where it would rest on bank holidays that are not known.</summary>
    /// <param name="notice">The day of the notice of election; null where it must be counted back from the poll.</param>
    public static DateRange? PreElectionPeriod(DateOnly poll, DateOnly? notice, UkCalendar calendar)
    {
        if (notice is null && !(calendar.Knows(poll.Year) && calendar.Knows(poll.AddDays(-60).Year)))
        {
            return null;
        }

        return new DateRange(notice ?? NoticeOfElection.Count(poll, new CountedDays(calendar, [])), poll);
    }

    private IEnumerable<Finding> OfElection(TimetableInputs inputs, DateOnly? opens, DateOnly? closes)
    {
        if (inputs.Date(TimetableInputs.Poll) is { } given)
        {
            return OfPoll(new RecordedPoll("", given, inputs.Date(TimetableInputs.NoticeOfElection)), inputs, opens, closes);
        }

        // Of the recorded polls those that are near: a year on either side holds every period before an election.
        List<DateOnly> known = [.. new[] { opens, closes, inputs.Date(TimetableInputs.Decision) }.OfType<DateOnly>()];
        if (known.Count == 0)
        {
            return [];
        }

        var near = new DateRange(known.Min().AddDays(-DaysNear), known.Max().AddDays(DaysNear));
        return council.Polls.Where(p => near.Contains(p.On)).SelectMany(p => OfPoll(p, inputs, opens, closes));
    }

    private IEnumerable<Finding> OfPoll(RecordedPoll recorded, TimetableInputs inputs, DateOnly? opens, DateOnly? closes)
    {
        var poll = recorded.On;
        if (PreElectionPeriod(poll, recorded.NoticeOn, calendar) is not { } period)
        {
            yield return new Finding(
                FindingGrade.Advice,
                "pre-election-unknown",
                null,
                null,
                $"The pre-election period before {UkTime.Spell(poll)} cannot be worked out, because the bank holidays of that year are not known. Give the day of the notice of election as notice_of_election.",
                PublicityLaw);
            yield break;
        }

        var spelt = $"the pre-election period ({UkTime.Spell(period.First)} to {UkTime.Spell(period.Last)}{(recorded.Title.Length > 0 ? $"; {recorded.Title}, as the council has recorded it" : "")})";
        if (opens is { } first && period.Contains(first))
        {
            yield return Election(FindingGrade.Risk, "opens-before-election", $"Opening on {UkTime.Spell(first)} falls into {spelt}: do not launch a contested consultation then unless the law requires it. The first day after it is {UkTime.Spell(poll.AddDays(1))}.");
        }

        if (closes is { } last && period.Contains(last))
        {
            yield return Election(FindingGrade.Advice, "closes-before-election", $"Closing on {UkTime.Spell(last)} falls into {spelt}: a consultation that is open may go on without publicity, and statutory periods still run; publish no results then.");
        }

        if (inputs.Date(TimetableInputs.Decision) is { } decision && period.Contains(decision))
        {
            yield return Election(FindingGrade.Risk, "decides-before-election", $"Deciding on {UkTime.Spell(decision)} falls into {spelt}: do not take or publish a contested decision then unless the law requires it.");
        }

        static Finding Election(FindingGrade grade, string code, string message) => new(grade, code, null, null, message, PublicityLaw);
    }

    private static IEnumerable<Finding> OfDecision(DateOnly? decision, DateOnly? closes)
    {
        if (decision is not { } decides || closes is not { } last)
        {
            yield break;
        }

        if (decides <= last)
        {
            yield return new Finding(
                FindingGrade.Breach,
                "decides-before-it-closes",
                null,
                null,
                $"The decision is planned for {UkTime.Spell(decides)}, but responses are accepted until the end of {UkTime.Spell(last)}. What people say must be considered before the decision is taken.",
                $"{Gunning}: conscientious consideration");
        }
        else if (decides.DayNumber - last.DayNumber < DaysToConsider)
        {
            yield return new Finding(
                FindingGrade.Risk,
                "little-time-to-consider",
                null,
                null,
                $"The decision is planned {decides.DayNumber - last.DayNumber} days after the close ({UkTime.Spell(last)} to {UkTime.Spell(decides)}). Show that the responses can be analysed and considered in that time, or decide on {UkTime.Spell(last.AddDays(DaysToConsider))} or later.",
                $"{Gunning}: conscientious consideration");
        }
    }
}
