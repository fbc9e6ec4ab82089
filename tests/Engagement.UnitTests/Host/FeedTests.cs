using System.Text;
using System.Xml.Linq;
using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Domain;
using Engagement.Host.Pages.Public.Find;

namespace Engagement.UnitTests.Host;

public sealed class FeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly DateTimeOffset Opens = new(2027, 6, 30, 23, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Closes = new(2027, 8, 11, 23, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("01a212fe-5778-7c4b-b4cb-2bc8a9ba6ef6");

    private static readonly PublicActivity Library = new(
        Id, IsConsultation: true, "library-hours", "Libraries; hours, and <more>", "Line one\nLine two \\ three", PublicStatus.Open, Opens, Closes, new DateOnly(2027, 7, 1), new DateOnly(2027, 8, 11),
        "Thursday 1 July 2027", "11:59pm on Wednesday 11 August 2027", ["Libraries"], ["Melton"], ["Residents"], new DateOnly(2027, 11, 3), OutcomeLate: false, AnsweredAt: null, Opens);

    [Fact]
    public void An_atom_feed_has_what_the_standard_asks_for_and_ids_that_stay()
    {
        var feed = Read(Library);

        feed.Name.ShouldBe(Atom + "feed");
        feed.Element(Atom + "id")!.Value.ShouldBe("https://say.example/consultations.atom?topic=Libraries");
        feed.Element(Atom + "updated")!.Value.ShouldBe("2027-06-30T23:00:00Z");
        feed.Element(Atom + "author")!.Element(Atom + "name")!.Value.ShouldBe("A council");
        feed.Elements(Atom + "link").Single(l => l.Attribute("rel")!.Value == "self").Attribute("href")!.Value.ShouldBe("https://say.example/consultations.atom?topic=Libraries");
        var entry = feed.Elements(Atom + "entry").ShouldHaveSingleItem();
        entry.Element(Atom + "id")!.Value.ShouldBe($"urn:uuid:{Id}");
        entry.Element(Atom + "title")!.Value.ShouldBe("Libraries; hours, and <more>");
        entry.Element(Atom + "link")!.Attribute("href")!.Value.ShouldBe("https://say.example/consultations/library-hours");
        entry.Element(Atom + "summary")!.Value.ShouldStartWith("Open until 11:59pm on Wednesday 11 August 2027.");
        entry.Elements(Atom + "category").Select(c => c.Attribute("term")!.Value).ShouldBe(["Libraries", "Melton", "Residents"]);
    }

    [Fact]
    public void An_atom_feed_leaves_out_what_xml_has_no_sign_for_and_keeps_every_script()
    {
        var entry = Read(Library with { Title = "Bell\u0007 and lone \ud83d surrogate, \ud83d\ude8c bus, ગુજરાતી" }).Element(Atom + "entry")!;

        entry.Element(Atom + "title")!.Value.ShouldBe("Bell and lone  surrogate, \ud83d\ude8c bus, ગુજરાતી");
    }

    [Fact]
    public void An_empty_atom_feed_is_still_one() => Read().Element(Atom + "updated")!.Value.ShouldBe("1970-01-01T00:00:00Z");

    [Fact]
    public void A_calendar_tells_the_opening_the_last_minute_and_the_day_on_which_the_outcome_is_due()
    {
        var lines = Unfolded(Library);

        lines[0].ShouldBe("BEGIN:VCALENDAR");
        lines[^1].ShouldBe("END:VCALENDAR");
        lines.ShouldContain("VERSION:2.0");
        lines.Where(l => l.StartsWith("UID:", StringComparison.Ordinal)).ShouldBe([$"UID:{Id}-opens@say.example", $"UID:{Id}-closes@say.example", $"UID:{Id}-outcome-due@say.example"]);
        lines.Where(l => l.StartsWith("DTSTART", StringComparison.Ordinal)).ShouldBe(["DTSTART;VALUE=DATE:20270701", "DTSTART:20270811T225900Z", "DTSTART;VALUE=DATE:20271103"]);
        lines.Count(l => l == "DTSTAMP:20270630T230000Z").ShouldBe(3);
        lines.ShouldContain("SUMMARY:Opens: Libraries\\; hours\\, and <more>");
        lines.ShouldContain("DESCRIPTION:Line one\\nLine two \\\\ three");
        lines.ShouldContain("URL:https://say.example/consultations/library-hours");
    }

    [Fact]
    public void A_calendar_says_what_is_withdrawn_and_no_longer_what_is_answered()
    {
        Unfolded(Library with { Status = PublicStatus.Withdrawn }).Count(l => l == "STATUS:CANCELLED").ShouldBe(3);
        Unfolded(Library with { Status = PublicStatus.Closed, AnsweredAt = Closes.AddDays(9) }).ShouldNotContain(l => l.Contains("-outcome-due@", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData('a', 1)]
    [InlineData('ä', 2)]
    [InlineData('ગ', 3)]
    public void No_line_of_a_calendar_is_longer_than_75_octets_and_no_character_is_cut(char letter, int octets)
    {
        // Every remainder of the limit occurs, so that a boundary falls inside a character where one can.
        for (var more = 0; more < 80; more++)
        {
            var title = new string('x', more) + new string(letter, 100);
            var text = CalendarFeed.Write("Have your say", "https://say.example", Feed(Library with { Title = title }));

            text.Split("\r\n").ShouldAllBe(l => Encoding.UTF8.GetByteCount(l) <= 75);
            text.ShouldContain("\r\n ");
            text.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain(title);
        }

        Encoding.UTF8.GetByteCount(letter.ToString()).ShouldBe(octets);
    }

    private static PublicFeed Feed(params PublicActivity[] items) => new(items, Opens, TimeSpan.FromSeconds(10));

    private static XElement Read(params PublicActivity[] items)
    {
        using var stream = new MemoryStream(AtomFeed.Write(
            "Have your say - A council", "A council", "https://say.example", "/consultations.atom?topic=Libraries", "/?topic=Libraries", Feed(items)));
        return XDocument.Load(stream).Root!;
    }

    private static string[] Unfolded(PublicActivity item) =>
        CalendarFeed.Write("Have your say", "https://say.example", Feed(item)).Replace("\r\n ", "", StringComparison.Ordinal).TrimEnd().Split("\r\n");
}
