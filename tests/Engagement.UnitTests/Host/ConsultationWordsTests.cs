using Engagement.Consultations.Contracts;
using Engagement.Host.Pages.Admin.Consultations;

namespace Engagement.UnitTests.Host;

public sealed class ConsultationWordsTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 11, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2027-01-14T00:00Z", "in 3 days")]
    [InlineData("2027-01-12T00:00Z", "tomorrow")]
    [InlineData("2027-01-11T23:59Z", "in 14 hours")]
    [InlineData("2027-01-11T11:29Z", "in 89 minutes")]
    [InlineData("2027-01-11T10:01Z", "in 1 minute")]
    [InlineData("2027-01-11T10:00Z", "in less than a minute")]
    [InlineData("2027-01-11T09:59Z", "earlier today")]
    [InlineData("2027-01-10T23:59Z", "yesterday")]
    [InlineData("2027-01-07T12:00Z", "4 days ago")]
    public void Counts_down_by_days_of_the_UK_calendar(string instant, string words) =>
        ConsultationWords.Countdown(Now, DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(words);

    [Fact]
    public void A_deadline_at_midnight_in_summer_belongs_to_the_UK_day_before_it()
    {
        var now = new DateTimeOffset(2027, 7, 1, 22, 30, 0, TimeSpan.Zero);
        var closes = new DateTimeOffset(2027, 7, 2, 23, 0, 0, TimeSpan.Zero);

        ConsultationWords.Countdown(now, ConsultationWords.LastMinute(closes)).ShouldBe("tomorrow");
    }

    [Theory]
    [InlineData("2027-01-11T00:00Z", "the start of Monday 11 January 2027")]
    [InlineData("2027-01-11T09:00Z", "9am on Monday 11 January 2027")]
    [InlineData("2027-07-12T16:30Z", "5:30pm on Monday 12 July 2027")]
    [InlineData("2027-01-11T12:00Z", "midday on Monday 11 January 2027")]
    public void Spells_an_instant(string instant, string words) =>
        ConsultationWords.At(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(words);

    [Fact]
    public void Every_state_has_words_without_capitals_inside() =>
        Enum.GetValues<ConsultationStatus>().Select(ConsultationWords.Of).ShouldAllBe(w => w.Skip(1).All(c => !char.IsUpper(c)));

    [Theory]
    [InlineData("9am", 9, 0)]
    [InlineData("9 AM", 9, 0)]
    [InlineData("12am", 0, 0)]
    [InlineData("12pm", 12, 0)]
    [InlineData("5:30pm", 17, 30)]
    [InlineData("5.30pm", 17, 30)]
    [InlineData("17:00", 17, 0)]
    [InlineData("09:05", 9, 5)]
    [InlineData("midday", 12, 0)]
    public void Reads_a_time_as_people_type_it(string typed, int hour, int minute) => TypedTime.Parse(typed).ShouldBe(new TimeOnly(hour, minute));

    [Theory]
    [InlineData("9")]
    [InlineData("25:00")]
    [InlineData("13pm")]
    [InlineData("0am")]
    [InlineData("9:60am")]
    [InlineData("soon")]
    public void Reads_nothing_into_what_is_no_time(string typed) => TypedTime.Parse(typed).ShouldBeNull();

    [Fact]
    public void Reads_school_holidays_a_line_each()
    {
        var read = TypedPeriods.Read("19 December 2026 to 3 January 2027\r\n\r\n15/2/2027 to 19/2/2027", out var wrong);

        wrong.ShouldBeNull();
        read.ShouldBe([[new(2026, 12, 19), new(2027, 1, 3)], [new(2027, 2, 15), new(2027, 2, 19)]]);
        TypedPeriods.Write(read).ShouldBe("19 December 2026 to 3 January 2027\n15 February 2027 to 19 February 2027");
    }

    [Theory]
    [InlineData("3 January 2027 to 19 December 2026")]
    [InlineData("19 December 2026")]
    [InlineData("30 February 2027 to 2 March 2027")]
    public void Names_the_line_that_is_no_holiday(string line)
    {
        TypedPeriods.Read($"19 December 2026 to 3 January 2027\n{line}", out var wrong);

        wrong.ShouldBe(line);
    }

    [Theory]
    [InlineData("SI 1996/2489 reg 8", "https://www.legislation.gov.uk/uksi/1996/2489/regulation/8")]
    [InlineData("SI 1996/2489 reg 16(1)(a)", "https://www.legislation.gov.uk/uksi/1996/2489/regulation/16")]
    [InlineData("SI 2006/3304 Sch 2 rules 1-2", "https://www.legislation.gov.uk/uksi/2006/3304/schedule/2")]
    [InlineData("SI 2013/3109 (within one week of publication)", "https://www.legislation.gov.uk/uksi/2013/3109")]
    [InlineData("RTRA 1984 Sch 9 para 35: six weeks from the date the order is made", "https://www.legislation.gov.uk/ukpga/1984/27/schedule/9")]
    [InlineData("Equality Act 2010 s.20(6)", "https://www.legislation.gov.uk/ukpga/2010/15/section/20")]
    [InlineData("Highways Act 1980 s.119 and Sch. 6", "https://www.legislation.gov.uk/ukpga/1980/66/section/119")]
    [InlineData("practice", null)]
    [InlineData("R v Brent LBC ex p Gunning (1985) 84 LGR 168", null)]
    [InlineData("XHA 1980 s.1", null)]
    public void Links_a_citation_that_says_which_law_it_is(string citation, string? address) => LegislationLink.Of(citation).ShouldBe(address);
}
