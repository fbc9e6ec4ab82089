using Engagement.Consultations.Domain;
using Engagement.Host.Pages.Public;

namespace Engagement.UnitTests.Host;

public sealed class PublicWordsTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Theory]
    [InlineData(-1, "closed")]
    [InlineData(0, "closes today")]
    [InlineData(1, "1 day left")]
    [InlineData(2, "2 days left")]
    public void Days_left_count_to_the_last_day(int days, string words) => PublicWords.DaysLeft(Today.AddDays(days), Today).ShouldBe(words);

    [Theory]
    [InlineData(12, 0, "midday")]
    [InlineData(16, 0, "4pm")]
    [InlineData(9, 30, "9:30am")]
    [InlineData(0, 5, "12:05am")]
    public void Times_are_as_people_say_them(int hour, int minute, string words) => PublicWords.Time(new TimeOnly(hour, minute)).ShouldBe(words);

    [Fact]
    public void An_event_says_its_day_once()
    {
        var occasion = new PublicEvent("Drop-in", "Hall", new UkMoment(Today, new TimeOnly(16, 0)), new UkMoment(Today, new TimeOnly(19, 30)));

        PublicWords.When(occasion).ShouldBe("Wednesday 25 November 2026, 4pm to 7:30pm");
        PublicWords.When(occasion with { Ends = null }).ShouldBe("Wednesday 25 November 2026, 4pm");
        PublicWords.When(occasion with { Starts = new UkMoment(Today), Ends = new UkMoment(Today.AddDays(1)) }).ShouldBe("Wednesday 25 November 2026 to Thursday 26 November 2026");
    }

    [Theory]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KB")]
    [InlineData(1025, "2 KB")]
    [InlineData(1024 * 1024, "1.0 MB")]
    public void Sizes_are_rounded_up(long bytes, string words) => PublicWords.FileSize(bytes).ShouldBe(words);

    [Fact]
    public void A_beginning_ends_with_a_word()
    {
        PublicWords.Beginning("one two three", 13).ShouldBe("one two three");
        PublicWords.Beginning("one two three", 12).ShouldBe("one two…");
        PublicWords.Beginning("unbroken", 4).ShouldBe("unbr…");
    }

    [Theory]
    [InlineData(1, 3, "1,2,3")]
    [InlineData(1, 9, "1,2,…,9")]
    [InlineData(5, 9, "1,…,4,5,6,…,9")]
    [InlineData(9, 9, "1,…,8,9")]
    public void Of_many_pages_the_first_the_last_and_the_neighbours_are_shown(int number, int last, string shown) =>
        string.Join(',', new NumberedPages(number, last, n => $"{n}").Shown.Select(n => n?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "…")).ShouldBe(shown);
}
