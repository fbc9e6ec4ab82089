using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class TimetableCalculatorTests
{
    [Theory]
    [InlineData("2025-10-06", false, 1)]
    [InlineData("2025-10-07", true, 0)]
    [InlineData("2025-10-08", true, 0)]
    public void A_closing_date_is_compliant_from_the_minimum_on(string closes, bool compliant, int shortBy)
    {
        var timetable = Engine.Calculate("tro-permanent", ("published", "2025-09-17"), ("closes", closes));

        timetable.Compliant.ShouldBe(compliant);
        timetable.ShortByDays.ShouldBe(shortBy);
    }

    [Fact]
    public void A_step_without_its_input_is_left_out() =>
        Engine.Calculate("tro-permanent", ("published", "2025-09-17")).Steps.Select(s => s.Key)
            .ShouldBe(["min_close", "usual_close", "earliest_make", "make_by"]);

    [Fact]
    public void Nothing_can_be_said_without_a_closing_date() =>
        Engine.Calculate("tro-permanent", ("published", "2025-09-17")).Compliant.ShouldBeNull();

    [Fact]
    public void Nothing_can_be_said_without_the_trigger() =>
        Engine.Calculate("tro-permanent", ("closes", "2025-10-08")).Compliant.ShouldBeNull();

    [Fact]
    public void An_unknown_regime_is_refused_with_a_list_of_those_there_are()
    {
        var refusal = Should.Throw<RuleBrokenException>(() => Engine.Calculate("tro"));

        refusal.Code.ShouldBe("unknown-regime");
        refusal.Message.ShouldContain("'tro'");
        refusal.Message.ShouldContain("tro-permanent");
    }

    [Fact]
    public void An_unknown_input_is_refused_with_a_list_of_those_there_are()
    {
        var refusal = Should.Throw<RuleBrokenException>(() => Engine.Calculate("tro-permanent", ("publishd", "2025-09-17")));

        refusal.Code.ShouldBe("unknown-input");
        refusal.Message.ShouldContain("'publishd'");
        refusal.Message.ShouldContain("published");
    }

    [Fact]
    public void An_input_of_another_regime_is_unknown_until_that_regime_is_named()
    {
        var inputs = Engine.Inputs(("published", "2027-01-08"), ("hearing", "2027-03-10"));

        Should.Throw<RuleBrokenException>(() => Engine.Real.Calculate(["tro-permanent"], inputs)).Code.ShouldBe("unknown-input");
        Engine.Real.Calculate(["tro-permanent", "highway-stopping-up-magistrates"], inputs).DateOf("notices_by").ShouldBe(new DateOnly(2027, 2, 10));
    }

    [Fact]
    public void A_year_where_a_date_is_wanted_is_refused() =>
        Should.Throw<RuleBrokenException>(() => Engine.Real.Calculate(["tro-permanent"], new TimetableInputs
        {
            Years = new Dictionary<string, int>(StringComparer.Ordinal) { ["published"] = 2025 },
        })).Message.ShouldContain("'published' must be a date, not a year");

    [Theory]
    [InlineData("1899-12-31", false)]
    [InlineData("1900-01-01", true)]
    [InlineData("2199-12-31", true)]
    [InlineData("2200-01-01", false)]
    public void Dates_that_nobody_can_mean_are_refused(string published, bool taken)
    {
        var act = () => Engine.Calculate("tro-permanent", ("published", published));

        if (taken)
        {
            act().DateOf("min_close").ShouldBe(Engine.Day(published).AddDays(20));
        }
        else
        {
            Should.Throw<RuleBrokenException>(act).Code.ShouldBe("date-out-of-range");
        }
    }

    [Theory]
    [InlineData("2018-03-28", "2018-04-17")] // over Easter: Good Friday and Easter Monday counted
    [InlineData("2018-05-31", "2018-06-20")]
    [InlineData("2018-08-20", "2018-09-10")] // the summer bank holiday left out
    public void Planning_publicity_leaves_public_holidays_out_since_June_2018(string siteNotice, string expected) =>
        Engine.Calculate("planning-application-publicity", ("site_notice", siteNotice)).DateOf("min_close").ShouldBe(Engine.Day(expected));

    [Theory]
    [InlineData("2018-05-31", "2015-04-15")]
    [InlineData("2018-06-01", "2018-06-01")]
    [InlineData("2021-07-31", "2018-06-01")]
    [InlineData("2021-08-01", "2021-08-01")]
    public void The_version_in_force_at_the_trigger_is_used_and_named(string siteNotice, string from)
    {
        var version = Engine.Calculate("planning-application-publicity", ("site_notice", siteNotice)).Versions.ShouldHaveSingleItem();

        version.Version.From.ShouldBe(Engine.Day(from));
        version.Trigger.ShouldBe(Engine.Day(siteNotice));
    }

    [Fact]
    public void The_earliest_trigger_chooses_the_version() =>
        Engine.Calculate("planning-application-publicity", ("newspaper", "2018-06-02"), ("site_notice", "2018-05-30"))
            .Versions.ShouldHaveSingleItem().Trigger.ShouldBe(new DateOnly(2018, 5, 30));

    [Theory]
    [InlineData("2025-12-01", null)]
    [InlineData("2025-12-02", "2025-12-22")]
    public void A_step_that_a_version_does_not_know_is_left_out(string published, string? website)
    {
        var timetable = Engine.Calculate("cpo", ("first_published", published), ("website", published));

        timetable.DateOf("min_close_website").ShouldBe(website is null ? null : Engine.Day(website));
        timetable.DateOf("min_close").ShouldBe(Engine.Day(published).AddDays(21));
    }

    [Theory]
    [InlineData("2014-12-18", 8 * 7, "2014-11-01")]
    [InlineData("2014-12-19", 6 * 7, "2014-10-01")]
    public void A_version_can_have_other_numbers(string opens, int days, string windowOpens)
    {
        var timetable = Engine.Real.Calculate(["school-admission-arrangements"], Engine.Inputs(("opens", opens)) with
        {
            Years = new Dictionary<string, int>(StringComparer.Ordinal) { ["entry_year"] = 2016 },
        });

        timetable.DateOf("min_close").ShouldBe(Engine.Day(opens).AddDays(days - 1));
        timetable.DateOf("window_opens").ShouldBe(Engine.Day(windowOpens));
    }

    [Theory]
    [InlineData(2016, "2014-02-01")] // trigger 1 October 2014: the older version
    [InlineData(2017, "2015-10-01")]
    public void A_year_chooses_the_version_where_no_date_does(int entryYear, string expected)
    {
        var timetable = Engine.Real.Calculate(["school-admission-arrangements"], new TimetableInputs
        {
            Years = new Dictionary<string, int>(StringComparer.Ordinal) { ["entry_year"] = entryYear },
        });

        timetable.DateOf("window_opens").ShouldBe(entryYear == 2016 ? new DateOnly(2014, 11, 1) : Engine.Day(expected));
    }

    [Fact]
    public void Prospective_law_is_told_and_never_applied()
    {
        var regime = Engine.Real.Regimes.Get("nsip-preapplication");

        regime.Prospective.ShouldHaveSingleItem().ShouldContain("Planning and Infrastructure Act 2025 s.5");
        Engine.Calculate("nsip-preapplication", ("received", "2028-12-01")).Versions.ShouldHaveSingleItem().Version.From.ShouldBe(new DateOnly(2010, 3, 1));
    }

    [Fact]
    public void Several_regimes_combine_to_the_strictest()
    {
        var timetable = Engine.Real.Calculate(
            ["tro-permanent", "public-path-order-ha1980", "gunning-fair-consultation"],
            Engine.Inputs(("published", "2027-02-05"), ("closes", "2027-03-01")));

        timetable.Compliant.ShouldBe(false);
        timetable.ShortByDays.ShouldBe(4);
        timetable.Steps.Where(s => s.Key == "min_close").Select(s => s.Regime.Id).ShouldBe(["tro-permanent", "public-path-order-ha1980"]);
        timetable.Proposal.EarliestClose.ShouldBe(new DateOnly(2027, 3, 5));
        timetable.Proposal.DecidedBy!.Regime.Id.ShouldBe("public-path-order-ha1980");
    }

    [Fact]
    public void One_regime_that_cannot_be_judged_keeps_the_whole_open()
    {
        var timetable = Engine.Real.Calculate(["tro-permanent", "sea-scoping"], Engine.Inputs(("published", "2027-02-05"), ("closes", "2027-03-01")));

        timetable.Compliant.ShouldBeNull();
        timetable.Proposal.EarliestClose.ShouldBeNull();
    }

    [Fact]
    public void A_regime_that_fixes_no_period_does_not_hold_the_others_up() =>
        Engine.Real.Calculate(["tro-permanent", "good-practice-period"], Engine.Inputs(("published", "2027-02-05"), ("closes", "2027-03-01")))
            .Compliant.ShouldBe(true);

    [Fact]
    public void A_regime_named_twice_is_computed_once() =>
        Engine.Real.Calculate(["sea-scoping", "sea-scoping"], Engine.Inputs(("engaged", "2027-02-05"))).Steps.ShouldHaveSingleItem();

    [Theory]
    [InlineData("23:58", false, 1)]
    [InlineData("23:59", true, 0)]
    [InlineData(null, true, 0)]
    public void A_closing_time_before_the_last_minute_cuts_the_last_day_off(string? time, bool compliant, int shortBy)
    {
        var timetable = Engine.Real.Calculate(["tro-permanent"], Engine.Inputs(("published", "2025-09-17"), ("closes", "2025-10-07")) with
        {
            ClosingTime = time is null ? null : TimeOnly.ParseExact(time, "HH:mm"),
        });

        timetable.Compliant.ShouldBe(compliant);
        timetable.ShortByDays.ShouldBe(shortBy);
    }

    [Fact]
    public void A_closing_time_on_a_later_day_harms_nothing() =>
        Engine.Real.Calculate(["tro-permanent"], Engine.Inputs(("published", "2025-09-17"), ("closes", "2025-10-08")) with { ClosingTime = new TimeOnly(17, 0) })
            .Compliant.ShouldBe(true);

    [Theory]
    [InlineData("2027-10-01", "2028-01-31", false)]
    [InlineData("2027-09-30", "2028-01-31", true)]
    [InlineData("2027-10-01", "2028-02-01", true)]
    public void Both_ends_must_lie_inside_the_window(string opens, string closes, bool outside)
    {
        var timetable = Engine.Real.Calculate(["school-admission-arrangements"], Engine.Inputs(("opens", opens), ("closes", closes)) with
        {
            Years = new Dictionary<string, int>(StringComparer.Ordinal) { ["entry_year"] = 2029 },
        });

        timetable.OutsideWindow.ShouldBe(outside);
        timetable.Compliant.ShouldBe(!outside);
    }

    [Theory]
    [InlineData("2027-12-21", "2028-01-31")]
    [InlineData("2027-12-22", null)]
    [InlineData("2027-09-30", null)]
    public void No_closing_date_is_proposed_that_a_window_forbids(string opens, string? expected)
    {
        var proposal = Engine.Real.Propose(["school-admission-arrangements"], Engine.Inputs(("opens", opens), ("closes", "2028-06-01")) with
        {
            Years = new Dictionary<string, int>(StringComparer.Ordinal) { ["entry_year"] = 2029 },
        });

        proposal.EarliestClose.ShouldBe(expected is null ? null : Engine.Day(expected));
        (proposal.Obstacle is null).ShouldBe(expected is not null);
    }

    [Theory]
    [InlineData("2028-12-07", null)]
    [InlineData("2028-12-20", "holidays-unknown")]
    public void A_count_that_needs_unpublished_bank_holidays_is_refused(string siteNotice, string? code)
    {
        var act = () => Engine.Calculate("planning-application-publicity", ("site_notice", siteNotice));

        if (code is null)
        {
            act().DateOf("min_close").ShouldBe(new DateOnly(2028, 12, 29));
        }
        else
        {
            Should.Throw<RuleBrokenException>(act).Code.ShouldBe(code);
        }
    }

    [Fact]
    public void Any_other_count_goes_on_beyond_them_and_says_so()
    {
        var timetable = Engine.Calculate("dmmo-order", ("published", "2031-01-14"));

        timetable.DateOf("min_close").ShouldBe(new DateOnly(2031, 2, 25));
        timetable.Finding("holidays-unknown")!.Grade.ShouldBe(FindingGrade.Advice);
        Engine.Calculate("dmmo-order", ("published", "2027-01-14")).Finding("holidays-unknown").ShouldBeNull();
    }

    [Fact]
    public void A_school_holiday_without_end_is_refused_and_not_walked_for_ever() =>
        Should.Throw<RuleBrokenException>(() => Engine.Real.Calculate(["home-to-school-travel-policy"], Engine.Inputs(("opens", "2027-01-11")) with
        {
            SchoolBreaks = [new DateRange(new(2027, 1, 1), new(2199, 12, 31))],
        })).Code.ShouldBe("holidays-unknown");
}
