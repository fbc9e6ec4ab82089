using Engagement.Host.Pages.Shared.Charts;

namespace Engagement.UnitTests.Host;

public sealed class TimetablePictureTests
{
    private static readonly TimetableScene Scene = new(
        Opens: new(2027, 1, 11),
        Closes: new(2027, 3, 7),
        EarliestClose: new(2027, 1, 31),
        Decision: new(2027, 3, 23),
        OutcomeDue: new(2027, 5, 30),
        Today: new(2027, 1, 4),
        Dates: [new SceneDate(1, "Earliest lawful last day", new(2027, 1, 31), new Stretch(new(2027, 1, 11), new(2027, 1, 31)), Obligation.Must, Concern.None)],
        BankHolidays: [new(2027, 1, 1), new(2027, 3, 26)],
        PreElection: null);

    private static double Day(TimetablePicture picture) => (TimetablePicture.Width - 24) / picture.Window.Days;

    private static double StartOf(TimetablePicture picture, DateOnly date) => 12 + ((date.DayNumber - picture.Window.First.DayNumber) * Day(picture));

    [Fact]
    public void A_bar_covers_its_first_and_its_last_day_whole()
    {
        var picture = TimetablePicture.Of(Scene);

        picture.Period.Bar!.X.ShouldBe(StartOf(picture, new(2027, 1, 11)), 0.02);
        picture.Period.Bar.End.ShouldBe(StartOf(picture, new(2027, 3, 8)), 0.02);
        picture.Rows[0].Bar!.X.ShouldBe(StartOf(picture, new(2027, 1, 11)), 0.02);
        picture.Rows[0].Bar!.End.ShouldBe(StartOf(picture, new(2027, 2, 1)), 0.02);
    }

    [Fact]
    public void A_bar_of_one_day_is_one_day_wide()
    {
        var picture = TimetablePicture.Of(Scene with { Closes = Scene.Opens, EarliestClose = null });

        picture.Period.Bar!.Width.ShouldBe(Day(picture), 0.02);
    }

    [Fact]
    public void A_date_stands_in_the_middle_of_its_day()
    {
        var picture = TimetablePicture.Of(Scene);

        picture.Rows[0].Mark!.X.ShouldBe(StartOf(picture, new(2027, 1, 31)) + (Day(picture) / 2), 0.02);
        picture.TodayAt!.Value.ShouldBe(StartOf(picture, new(2027, 1, 4)) + (Day(picture) / 2), 0.02);
    }

    [Theory]
    [InlineData("2027-01-31", 0)]
    [InlineData("2027-01-30", 1)]
    [InlineData("2027-01-21", 10)]
    public void What_a_close_is_short_of_the_law_begins_on_the_day_after_it(string closes, int days)
    {
        var scene = Scene with { Closes = DateOnly.Parse(closes, System.Globalization.CultureInfo.InvariantCulture) };

        var picture = TimetablePicture.Of(scene);

        scene.ShortBy.ShouldBe(days);
        (picture.Shortfall is null).ShouldBe(days == 0);
        picture.Period.Concern.ShouldBe(days == 0 ? Concern.None : Concern.Breach);
        if (picture.Shortfall is { } missing)
        {
            missing.X.ShouldBe(picture.Period.Bar!.End, 0.02);
            missing.Width.ShouldBe(days * Day(picture), 0.03);
            picture.Description.ShouldContain($"so it closes {(days == 1 ? "1 day" : $"{days} days")} too early");
        }
    }

    [Fact]
    public void A_date_far_ahead_stands_at_the_edge_and_presses_nothing_together()
    {
        var far = new SceneDate(2, "Order lapses", new(2029, 1, 10), new Stretch(new(2027, 1, 11), new(2029, 1, 10)), Obligation.Must, Concern.None);

        var picture = TimetablePicture.Of(Scene with { Dates = [.. Scene.Dates, far] });

        var row = picture.Rows.Single(r => r.Number == 2);
        picture.Window.Last.ShouldBeLessThan(new DateOnly(2027, 6, 1));
        row.Mark!.Where.ShouldBe(Edge.After);
        row.Mark.DateToTheRight.ShouldBeFalse();
        row.Bar!.End.ShouldBeLessThan(row.Mark.X - 150);
    }

    [Fact]
    public void A_date_long_past_stands_at_the_other_edge()
    {
        var past = new SceneDate(2, "Gateway", new(2020, 1, 10), null, Obligation.Must, Concern.None);

        var row = TimetablePicture.Of(Scene with { Dates = [past] }).Rows[0];

        row.Mark!.Where.ShouldBe(Edge.Before);
        row.Mark.DateToTheRight.ShouldBeTrue();
    }

    [Fact]
    public void A_decision_before_the_opening_does_not_stretch_the_picture()
    {
        var picture = TimetablePicture.Of(Scene with { Decision = new(2026, 5, 1) });

        picture.Window.First.ShouldBe(new DateOnly(2027, 1, 2));
        picture.Rows.Single(r => r.Label == "Decision planned").Mark!.Where.ShouldBe(Edge.Before);
    }

    [Fact]
    public void A_day_far_from_the_dates_is_not_today_on_the_picture() =>
        TimetablePicture.Of(Scene with { Today = new(2026, 6, 1) }).TodayAt.ShouldBeNull();

    [Fact]
    public void Rows_follow_their_dates_and_the_councils_own_dates_are_among_them()
    {
        var picture = TimetablePicture.Of(Scene);

        picture.Rows.Select(r => r.Label).ShouldBe(["1. Earliest lawful last day", "Decision planned", "Outcome promised by"]);
        picture.Rows.Select(r => r.Top).ShouldBe([TimetablePicture.HeaderHeight + 46, TimetablePicture.HeaderHeight + 92, TimetablePicture.HeaderHeight + 138]);
        picture.Height.ShouldBeGreaterThan(picture.Rows[^1].Top + TimetablePicture.RowHeight);
    }

    [Fact]
    public void Shades_weekends_bank_holidays_August_Christmas_and_the_time_before_an_election()
    {
        var picture = TimetablePicture.Of(Scene with
        {
            Opens = new(2027, 7, 26),
            Closes = new(2027, 9, 5),
            EarliestClose = null,
            Decision = null,
            OutcomeDue = new(2027, 11, 28),
            Today = new(2027, 7, 20),
            Dates = [],
            BankHolidays = [new(2027, 8, 30), new(2027, 12, 27)],
            PreElection = new Stretch(new(2027, 8, 20), new(2027, 9, 2)),
        });

        var august = picture.Bands.Single(b => b.Label == "August").Box;
        august.X.ShouldBe(StartOf(picture, new(2027, 8, 1)), 0.02);
        august.End.ShouldBe(StartOf(picture, new(2027, 9, 1)), 0.02);
        picture.Bands.ShouldNotContain(b => b.Label == "Christmas");
        picture.Bands.Single(b => b.Kind == BandKind.PreElection).Box.Width.ShouldBe(14 * Day(picture), 0.03);
        picture.Bands.Single(b => b.Kind == BandKind.BankHoliday).Box.X.ShouldBe(StartOf(picture, new(2027, 8, 30)), 0.02);
        picture.Bands.Where(b => b.Kind == BandKind.Weekend).ShouldContain(b => Math.Abs(b.Box.X - StartOf(picture, new(2027, 8, 7))) < 0.02 && Math.Abs(b.Box.Width - (2 * Day(picture))) < 0.03);
    }

    [Fact]
    public void Nothing_leaves_the_picture_whatever_the_dates()
    {
        var random = new Random(7);
        for (var run = 0; run < 500; run++)
        {
            var opens = new DateOnly(2026, 1, 1).AddDays(random.Next(0, 900));
            var scene = Scene with
            {
                Opens = opens,
                Closes = opens.AddDays(random.Next(0, 700)),
                EarliestClose = random.Next(2) == 0 ? null : opens.AddDays(random.Next(0, 200)),
                Decision = random.Next(2) == 0 ? null : opens.AddDays(random.Next(-50, 900)),
                OutcomeDue = opens.AddDays(random.Next(1, 900)),
                Today = opens.AddDays(random.Next(-300, 300)),
                Dates = [.. Enumerable.Range(1, 6).Select(i =>
                {
                    var date = opens.AddDays(random.Next(-900, 900));
                    return new SceneDate(i, "A date", date, random.Next(2) == 0 ? null : new Stretch(date.AddDays(-random.Next(0, 500)), date), Obligation.Must, Concern.None);
                })],
            };

            var picture = TimetablePicture.Of(scene);

            IEnumerable<Box> boxes = [.. picture.Bands.Select(b => b.Box), .. picture.Rows.Select(r => r.Bar).OfType<Box>(), picture.Period.Bar!, .. picture.Shortfall is { } s ? [s] : Array.Empty<Box>()];
            boxes.ShouldAllBe(b => b.X >= 11.9 && b.End <= TimetablePicture.Width - 11.9 && b.Width > 0);
            picture.Rows.Select(r => r.Mark!.X).ShouldAllBe(x => x >= 12 && x <= TimetablePicture.Width - 12);
        }
    }

    [Theory]
    [InlineData("bw", "2027-01-11", "2027-01-31", "2027-01-11", "2027-01-31")]
    [InlineData("after", "2027-01-11", "2027-02-01", "2027-01-12", "2027-02-01")]
    [InlineData("before", "2027-02-01", "2027-01-11", "2027-01-11", "2027-01-31")]
    [InlineData("clear_after", "2027-01-11", "2027-01-15", "2027-01-12", "2027-01-14")]
    [InlineData("clear_before", "2027-01-15", "2027-01-11", "2027-01-12", "2027-01-14")]
    public void The_days_that_a_rule_counts(string rule, string from, string date, string first, string last)
    {
        var counted = Stretch.CountedBy(rule, Date(from), Date(date));

        counted.ShouldBe(new Stretch(Date(first), Date(last)));
    }

    [Theory]
    [InlineData("fixed")]
    [InlineData("day_after")]
    [InlineData("next_wd")]
    public void A_rule_that_names_a_day_counts_none(string rule) => Stretch.CountedBy(rule, new(2027, 1, 11), new(2027, 1, 12)).ShouldBeNull();

    [Fact]
    public void No_days_from_a_date_are_none() => Stretch.CountedBy("after", new(2027, 1, 11), new(2027, 1, 11)).ShouldBeNull();

    private static DateOnly Date(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
