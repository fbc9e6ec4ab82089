using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Engagement.UnitTests.Consultations.Timescales;

/// <summary>Random regimes with random inputs: whatever is asked, the answer is a timetable or a refusal that says why.</summary>
public sealed class TimetablePropertyTests
{
    /// <summary>No step of any regime lies further from every input than this.</summary>
    private const int LongestReachInDays = 11 * 366;

    private static readonly Config ManyTimes = Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static readonly Gen<DateOnly> AnyDate = Dates(TimetableInputs.FirstDate, TimetableInputs.LastDate);

    private static readonly Gen<DateOnly> KnownDate = Dates(new(2012, 1, 1), new(2028, 12, 31));

    private static Arbitrary<Question> Questions => (
        from regimes in Gen.NonEmptyListOf(Gen.Elements<Regime>([.. Engine.Real.Regimes.All])).Resize(3)
        from seed in Gen.Choose(0, int.MaxValue)
        from known in Gen.Elements(true, false)
        from dates in (known ? KnownDate : AnyDate).ListOf(40)
        select Ask([.. regimes.Select(r => r.Id)], seed, dates)).ToArbitrary();

    [Fact]
    public void Every_question_gets_a_timetable_or_a_refusal_for_unknown_holidays() => Prop.ForAll(Questions, question =>
    {
        if (Answer(question) is not { } timetable)
        {
            return true;
        }

        // A fixed date is taken from its year's first day, so the whole of that year is given. School days begin again after a break, however long it is.
        var given = question.Inputs.Dates.Values
            .Concat(question.Inputs.Years.Values.SelectMany(y => new[] { new DateOnly(y, 1, 1), new DateOnly(y, 12, 31) }))
            .Concat((question.Inputs.SchoolBreaks ?? []).SelectMany(b => new[] { b.First, b.Last }))
            .ToList();
        return timetable.Steps.All(s => given.Exists(g => Math.Abs(g.DayNumber - s.Date.DayNumber) <= LongestReachInDays) && s.Working.Length > 0)
            && timetable.Findings.All(f => f.Message.Length > 0);
    }).Check(ManyTimes);

    [Fact]
    public void Compliant_days_short_and_window_agree() => Prop.ForAll(Questions, question =>
        Answer(question) is not { } timetable
        || timetable.Compliant switch
        {
            true => timetable.ShortByDays == 0 && !timetable.OutsideWindow,
            false => timetable.ShortByDays > 0 || timetable.OutsideWindow,
            null => timetable is { ShortByDays: 0, OutsideWindow: false },
        }).Check(ManyTimes);

    [Fact]
    public void The_proposed_close_is_the_first_that_complies() => Prop.ForAll(Questions, question =>
    {
        // A close after the last date that may be given cannot be asked about.
        if (Answer(question) is not { Proposal.EarliestClose: { } earliest } || earliest > TimetableInputs.LastDate)
        {
            return true;
        }

        bool? CompliesOn(DateOnly closes) => Answer(question with { Inputs = question.Inputs.With("closes", closes) with { ClosingTime = null } })?.Compliant;
        return CompliesOn(earliest) == true && CompliesOn(earliest.AddDays(-1)) == false;
    }).Check(ManyTimes);

    private static Timetable? Answer(Question question)
    {
        try
        {
            return Engine.Real.Calculate(question.Regimes, question.Inputs);
        }
        catch (RuleBrokenException refusal) when (refusal.Code is "holidays-unknown" or "date-out-of-range")
        {
            return null;
        }
    }

    private static Question Ask(IReadOnlyList<string> regimes, int seed, IReadOnlyList<DateOnly> dates)
    {
        var random = new System.Random(seed);
        var names = regimes.SelectMany(id => Engine.Real.Regimes.Get(id).Inputs).Select(i => (i.Name, i.Kind))
            .Concat(TimetableInputs.General.Select(g => (Name: g.Key, Kind: g.Value)))
            .DistinctBy(i => i.Name, StringComparer.Ordinal)
            .Where(_ => random.Next(3) > 0)
            .ToList();
        var next = 0;
        DateOnly Next() => dates[next++ % dates.Count];
        var (one, other) = (Next(), Next());
        return new Question(regimes, new TimetableInputs
        {
            Dates = names.Where(n => n.Kind == InputKind.Date).ToDictionary(n => n.Name, _ => Next(), StringComparer.Ordinal),
            Years = names.Where(n => n.Kind == InputKind.Year).ToDictionary(n => n.Name, _ => Next().Year, StringComparer.Ordinal),
            SchoolBreaks = names.Exists(n => n.Kind == InputKind.Breaks) ? [one < other ? new DateRange(one, other) : new DateRange(other, one)] : null,
            ClosingTime = random.Next(4) == 0 ? new TimeOnly(17, 0) : null,
        });
    }

    private static Gen<DateOnly> Dates(DateOnly first, DateOnly last) => Gen.Choose(first.DayNumber, last.DayNumber).Select(DateOnly.FromDayNumber);

    private sealed record Question(IReadOnlyList<string> Regimes, TimetableInputs Inputs)
    {
        public override string ToString() =>
            $"{string.Join('+', Regimes)}: {string.Join(", ", Inputs.Dates.Select(d => $"{d.Key}={d.Value:O}"))} {string.Join(", ", Inputs.Years.Select(y => $"{y.Key}={y.Value}"))} {string.Join(", ", Inputs.SchoolBreaks ?? [])} {Inputs.ClosingTime}";
    }
}
