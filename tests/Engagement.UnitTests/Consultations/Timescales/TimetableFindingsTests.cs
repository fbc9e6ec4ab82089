using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class TimetableFindingsTests
{
    [Fact]
    public void Closing_too_early_under_a_statute_is_a_breach_with_citation_and_earliest_date()
    {
        var finding = Engine.Calculate("tro-permanent", ("published", "2025-09-17"), ("closes", "2025-10-01")).Finding("closes-too-early")!;

        finding.Grade.ShouldBe(FindingGrade.Breach);
        finding.EarliestLawful.ShouldBe(new DateOnly(2025, 10, 7));
        finding.Citation.ShouldBe("SI 1996/2489 reg 8");
        finding.Message.ShouldContain("Closing on Wednesday 1 October 2025 is 6 days too early");
        finding.ToBreach().ShouldBe(new Kernel.Breach("tro-permanent/min_close", finding.Message, finding.Citation, finding.EarliestLawful));
    }

    [Theory]
    [InlineData("side-roads-order", "published")] // medium confidence
    [InlineData("moving-traffic-enforcement", "opens")] // statutory guidance
    public void Medium_confidence_and_guidance_warn_and_never_block(string regime, string trigger)
    {
        var timetable = Engine.Calculate(regime, (trigger, "2027-01-14"), ("closes", "2027-02-01"));

        timetable.Compliant.ShouldBe(false);
        timetable.Breaches.ShouldBeEmpty();
        timetable.Finding("closes-too-early")!.Grade.ShouldBe(FindingGrade.Risk);
    }

    [Fact]
    public void No_rule_of_medium_confidence_ever_blocks()
    {
        foreach (var example in WorkedExamples.All)
        {
            var early = WorkedExamples.Inputs(example.Given);
            early = early with { Dates = early.Dates.ToDictionary(d => d.Key, d => d.Key == "closes" ? d.Value.AddDays(-40) : d.Value, StringComparer.Ordinal) };
            var timetable = Engine.Real.Calculate([example.Regime], early);

            foreach (var breach in timetable.Breaches.Where(b => b.Step is not null))
            {
                timetable.Steps.Single(s => s.Key == breach.Step).Rule.Confidence.ShouldNotBe(Confidence.Medium, $"{example.Id}: {breach.Message}");
            }
        }
    }

    [Theory]
    [InlineData("2027-02-21", "Risk")]
    [InlineData("2027-02-22", "Advice")]
    [InlineData("2027-04-04", "Advice")]
    [InlineData("2027-04-05", null)]
    public void Less_than_six_weeks_needs_a_reason_and_less_than_twelve_is_worth_a_thought(string closes, string? grade) =>
        (Engine.Calculate("good-practice-period", ("opens", "2027-01-11"), ("closes", closes)).Finding("shorter-than-recommended")?.Grade.ToString())
            .ShouldBe(grade);

    [Fact]
    public void The_window_of_a_statute_blocks()
    {
        var finding = Engine.Real.Calculate(["school-admission-arrangements"], Engine.Inputs(("opens", "2027-09-27"), ("closes", "2027-11-12")) with
        {
            Years = new Dictionary<string, int>(StringComparer.Ordinal) { ["entry_year"] = 2029 },
        }).Finding("outside-window")!;

        finding.Grade.ShouldBe(FindingGrade.Breach);
        finding.Message.ShouldContain("Friday 1 October 2027 and Monday 31 January 2028");
        finding.EarliestLawful.ShouldBeNull();
    }

    [Theory]
    [InlineData("2027-01-29", true)]
    [InlineData("2027-01-30", false)]
    public void An_order_made_before_objections_end_is_a_breach(string made, bool breach)
    {
        var timetable = Engine.Calculate("tro-permanent", ("published", "2027-01-08"), ("closes", "2027-01-29"), ("made", made));

        timetable.Breaches.Any(b => b is { Code: "too-early", Step: "earliest_make" }).ShouldBe(breach);
        timetable.Compliant.ShouldBe(true);
    }

    [Theory]
    [InlineData("2029-01-07", false)]
    [InlineData("2029-01-08", true)]
    public void An_order_made_after_two_years_is_a_breach(string made, bool breach) =>
        Engine.Calculate("tro-permanent", ("published", "2027-01-08"), ("made", made))
            .Breaches.Any(b => b is { Code: "too-late", Step: "make_by" }).ShouldBe(breach);

    [Theory]
    [InlineData("2027-01-01", "ends-on-bank-holiday")]
    [InlineData("2027-01-02", "ends-on-weekend")]
    [InlineData("2027-01-03", "ends-on-weekend")]
    [InlineData("2027-01-04", null)]
    public void A_last_day_on_a_holiday_or_weekend_is_advice(string closes, string? code)
    {
        var finding = Engine.Calculate("public-path-order-tcpa-257", ("published", "2026-12-04"), ("closes", closes))
            .Findings.FirstOrDefault(f => f.Code.StartsWith("ends-on", StringComparison.Ordinal));

        finding?.Code.ShouldBe(code);
        (finding is null).ShouldBe(code is null);
        (finding?.Grade ?? FindingGrade.Advice).ShouldBe(FindingGrade.Advice);
    }

    [Theory]
    [InlineData("2026-11-09", "2026-12-20", false)]
    [InlineData("2026-11-09", "2026-12-21", true)]
    [InlineData("2027-01-03", "2027-02-20", true)]
    [InlineData("2027-01-04", "2027-02-20", false)]
    public void The_Christmas_fortnight_is_noticed(string opens, string closes, bool expected) =>
        (Engine.Calculate("good-practice-period", ("opens", opens), ("closes", closes)).Finding("christmas") is not null).ShouldBe(expected);

    [Theory]
    [InlineData("2027-06-01", "2027-07-31", null)]
    [InlineData("2027-06-01", "2027-08-15", "runs into August")]
    [InlineData("2027-06-01", "2027-08-16", "most of August")]
    [InlineData("2027-08-31", "2027-10-31", "runs into August")]
    [InlineData("2027-09-01", "2027-10-31", null)]
    public void August_is_noticed(string opens, string closes, string? says)
    {
        var finding = Engine.Calculate("good-practice-period", ("opens", opens), ("closes", closes)).Finding("august");

        (finding is null).ShouldBe(says is null);
        finding?.Message.ShouldContain(says!);
    }

    [Theory]
    [InlineData("2027-03-26", "2027-05-30", true)]
    [InlineData("2027-03-27", "2027-05-30", false)]
    [InlineData("2027-02-01", "2027-03-29", true)]
    [InlineData("2027-02-01", "2027-03-28", false)]
    public void Easter_is_noticed_when_the_period_takes_all_of_it_in(string opens, string closes, bool expected) =>
        (Engine.Calculate("good-practice-period", ("opens", opens), ("closes", closes)).Finding("easter") is not null).ShouldBe(expected);

    [Fact]
    public void The_trigger_opens_the_period_where_no_opening_date_is_given() =>
        Engine.Calculate("tro-permanent", ("published", "2026-12-11"), ("closes", "2027-01-08")).Finding("christmas").ShouldNotBeNull();

    [Theory]
    [InlineData("2027-03-30", null)]
    [InlineData("2027-03-31", "Risk")]
    [InlineData("2027-05-06", "Risk")]
    [InlineData("2027-05-07", null)]
    public void Launching_in_a_pre_election_period_needs_a_reason(string opens, string? grade) =>
        (Engine.Calculate("good-practice-period", ("opens", opens), ("poll", "2027-05-06")).Finding("opens-before-election")?.Grade.ToString())
            .ShouldBe(grade);

    [Fact]
    public void The_real_notice_of_election_moves_the_period()
    {
        var timetable = Engine.Calculate("good-practice-period", ("opens", "2027-03-24"), ("poll", "2027-05-06"), ("notice_of_election", "2027-03-23"));

        timetable.Finding("opens-before-election").ShouldNotBeNull();
    }

    [Fact]
    public void A_poll_in_a_year_without_bank_holidays_is_told_and_not_guessed()
    {
        Engine.Calculate("dmmo-order", ("published", "2029-01-14"), ("poll", "2029-05-03")).Finding("pre-election-unknown").ShouldNotBeNull();
        Engine.Calculate("dmmo-order", ("published", "2029-01-14"), ("poll", "2029-05-03"), ("notice_of_election", "2029-03-20"))
            .Finding("pre-election-unknown").ShouldBeNull();
    }

    [Theory]
    [InlineData("2027-01-29", "decides-before-it-closes")]
    [InlineData("2027-01-30", "little-time-to-consider")]
    [InlineData("2027-02-11", "little-time-to-consider")]
    [InlineData("2027-02-12", null)]
    public void A_decision_needs_the_close_and_time_to_consider(string decision, string? code)
    {
        var finding = Engine.Calculate("tro-permanent", ("published", "2027-01-08"), ("closes", "2027-01-29"), ("decision", decision))
            .Findings.FirstOrDefault(f => f.Code is "decides-before-it-closes" or "little-time-to-consider");

        (finding?.Code).ShouldBe(code);
        finding?.Grade.ShouldBe(code == "decides-before-it-closes" ? FindingGrade.Breach : FindingGrade.Risk);
    }

    [Fact]
    public void Closing_before_opening_is_a_breach() =>
        Engine.Calculate("good-practice-period", ("opens", "2027-02-02"), ("closes", "2027-02-01"))
            .Finding("closes-before-it-opens")!.Grade.ShouldBe(FindingGrade.Breach);

    [Fact]
    public void School_days_without_school_holidays_are_a_risk()
    {
        var opens = Engine.Inputs(("opens", "2027-01-11"));

        Engine.Real.Calculate(["home-to-school-travel-policy"], opens).Finding("school-holidays-missing")!.Grade.ShouldBe(FindingGrade.Risk);
        Engine.Real.Calculate(["home-to-school-travel-policy"], opens with { SchoolBreaks = Array.Empty<DateRange>() })
            .Finding("school-holidays-missing").ShouldBeNull();
    }

    [Theory]
    [InlineData("1996-11-30", true)]
    [InlineData("1996-12-01", false)]
    public void A_trigger_before_the_oldest_law_held_is_a_risk(string published, bool expected) =>
        (Engine.Calculate("tro-permanent", ("published", published)).Finding("not-in-force") is not null).ShouldBe(expected);

    [Theory]
    [InlineData("2026-12-31", false)]
    [InlineData("2027-01-01", true)]
    public void A_trigger_after_the_newest_law_held_has_ended_is_a_risk(string published, bool expected) =>
        (Engine.Calculate("local-plan-legacy", ("statement_published", published)).Finding("not-in-force") is not null).ShouldBe(expected);

    [Fact]
    public void A_closing_time_that_cuts_the_period_is_named()
    {
        var finding = Engine.Real.Calculate(["tro-permanent"], Engine.Inputs(("published", "2025-09-17"), ("closes", "2025-10-07")) with { ClosingTime = new TimeOnly(17, 0) })
            .Finding("closes-too-early")!;

        finding.Message.ShouldContain("Closing at 17:00 on Tuesday 7 October 2025");
        finding.EarliestLawful.ShouldBe(new DateOnly(2025, 10, 7));
    }

    [Fact]
    public void The_gravest_finding_comes_first()
    {
        var grades = Engine.Calculate("tro-permanent", ("published", "2026-12-11"), ("closes", "2026-12-26"), ("decision", "2026-12-28")).Findings.Select(f => f.Grade).ToList();

        grades.ShouldContain(FindingGrade.Breach);
        grades.ShouldContain(FindingGrade.Advice);
        grades.ShouldBeInOrder();
    }
}
