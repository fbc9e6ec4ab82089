using System.Globalization;

namespace Engagement.Host.Pages.Shared.Charts;

/// <summary>
/// A timetable with a place for everything: bars for periods, diamonds for dates, shading for days on which people are away. Pure
/// arithmetic on dates; <c>_TimetablePicture.cshtml</c> draws what stands here. A day is a box: a bar covers its first and its last day whole.
/// </summary>
public sealed record TimetablePicture(
    double Height,
    Stretch Window,
    IReadOnlyList<Tick> Months,
    IReadOnlyList<Tick> Weeks,
    IReadOnlyList<Band> Bands,
    double? TodayAt,
    PictureRow Period,
    Box? Shortfall,
    IReadOnlyList<PictureRow> Rows,
    string Description)
{
    public const double Width = 760;

    /// <summary>Where the first row begins, below the names of months and the days of Mondays.</summary>
    public const double HeaderHeight = 64;

    public const double RowHeight = 46;

    /// <summary>From the top of a row to the middle of its bar.</summary>
    public const double BarMiddle = 32;

    private const double Left = 12;
    private const double Right = Width - 12;

    /// <summary>Below this a weekend is no more than a hairline, and there are too many of them.</summary>
    private const double LeastDayForWeekends = 1.6;

    /// <summary>Room for a date in words beside its diamond.</summary>
    private const double RoomForDate = 190;

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static TimetablePicture Of(TimetableScene scene)
    {
        var scale = new Scale(WindowOf(scene));
        var open = new Stretch(scene.Opens, scene.Closes);
        List<SceneDate> dates =
        [
            .. scene.Dates,
            .. scene.Decision is { } decision ? [new SceneDate(null, "Decision planned", decision, null, Obligation.Own, Concern.None)] : Array.Empty<SceneDate>(),
            .. scene.OutcomeDue is { } due ? [new SceneDate(null, "Outcome promised by", due, null, Obligation.Own, Concern.None)] : Array.Empty<SceneDate>(),
        ];
        var rows = dates.OrderBy(d => d.Date).ThenBy(d => d.Number ?? int.MaxValue).Select((d, index) => RowOf(d, index + 1, scale)).ToList();
        return new TimetablePicture(
            HeaderHeight + ((rows.Count + 1) * RowHeight) + 8,
            scale.Window,
            MonthsOf(scale),
            WeeksOf(scale),
            BandsOf(scene, scale),
            scale.Contains(scene.Today) ? scale.MiddleOf(scene.Today) : null,
            new PictureRow(
                HeaderHeight,
                $"People can respond: {Short(scene.Opens)} to {Short(scene.Closes)}, {Days(open.Days)}",
                scale.BoxOf(open),
                null,
                null,
                Obligation.Information,
                scene.ShortBy > 0 ? Concern.Breach : Concern.None),
            scene.ShortBy > 0 ? scale.BoxOf(new Stretch(scene.Closes.AddDays(1), scene.EarliestClose!.Value)) : null,
            rows,
            Describe(scene, open));
    }

    /// <summary>
    /// The days that the picture spans: the consultation, its decision and what is near; a date far ahead, such as the end of two
    /// years, stands at the edge with an arrow instead of pressing all the others together.
    /// </summary>
    internal static Stretch WindowOf(TimetableScene scene)
    {
        List<DateOnly> core = [scene.Opens, scene.Closes, .. scene.EarliestClose is { } e ? [e] : Array.Empty<DateOnly>(), .. scene.Decision is { } d && d >= scene.Opens ? [d] : Array.Empty<DateOnly>()];
        var (first, last) = (core.Min(), core.Max());
        var reach = Math.Max(28, (last.DayNumber - first.DayNumber) * 2 / 5);
        var near = scene.Dates.SelectMany(s => s.Counted is { } counted ? [s.Date, counted.First, counted.Last] : new[] { s.Date })
            .Append(scene.Today)
            .Where(date => date >= first.AddDays(-reach) && date <= last.AddDays(reach))
            .ToList();
        first = near.Append(first).Min().AddDays(-2);
        last = near.Append(last).Max().AddDays(2);
        var missing = 28 - (last.DayNumber - first.DayNumber + 1);
        return new Stretch(first, missing > 0 ? last.AddDays(missing) : last);
    }

    private static PictureRow RowOf(SceneDate date, int position, Scale scale)
    {
        var where = date.Date > scale.Window.Last ? Edge.After : date.Date < scale.Window.First ? Edge.Before : Edge.Within;
        var x = where switch
        {
            Edge.After => Right - 8,
            Edge.Before => Left + 8,
            _ => scale.MiddleOf(date.Date),
        };
        var toTheRight = where == Edge.Before || (where == Edge.Within && x + RoomForDate <= Right);
        return new PictureRow(
            HeaderHeight + (position * RowHeight),
            date.Number is { } number ? $"{number.ToString(CultureInfo.InvariantCulture)}. {Cut(date.Label)}" : date.Label,
            date.Counted is null ? null : BesideWords(scale.BoxOf(date.Counted), where),
            new Mark(x, where, Short(date.Date), toTheRight),
            date.Number,
            date.Obligation,
            date.Concern);
    }

    /// <summary>A bar that runs out of the picture ends before the date in words at the edge.</summary>
    private static Box? BesideWords(Box? bar, Edge where) => (bar, where) switch
    {
        (null, _) or (_, Edge.Within) => bar,
        ({ } b, Edge.After) => Math.Min(b.End, Right - RoomForDate) is var end && end > b.X ? new Box(b.X, Math.Round(end - b.X, 2)) : null,
        ({ } b, _) => Math.Max(b.X, Left + RoomForDate) is var start && b.End > start ? new Box(start, Math.Round(b.End - start, 2)) : null,
    };

    private static List<Tick> MonthsOf(Scale scale)
    {
        List<Tick> months = [];
        for (var date = new DateOnly(scale.Window.First.Year, scale.Window.First.Month, 1); date <= scale.Window.Last; date = date.AddMonths(1))
        {
            var from = Math.Max(scale.StartOf(date), Left);
            var to = Math.Min(scale.StartOf(date.AddMonths(1)), Right);
            var name = date.ToString(to - from >= 110 ? "MMMM yyyy" : to - from >= 34 ? "MMM" : "", English);
            months.Add(new Tick(from, name.Length == 0 && to - from >= 14 ? date.ToString("MMM", English)[..1] : name));
        }

        return months;
    }

    /// <summary>Every Monday, or every second or fourth one where they stand close.</summary>
    private static List<Tick> WeeksOf(Scale scale)
    {
        var every = scale.Day * 7 >= 22 ? 1 : scale.Day * 14 >= 22 ? 2 : scale.Day * 28 >= 22 ? 4 : 0;
        List<Tick> weeks = [];
        if (every == 0)
        {
            return weeks;
        }

        var monday = scale.Window.First.AddDays(((int)DayOfWeek.Monday - (int)scale.Window.First.DayOfWeek + 7) % 7);
        for (var date = monday; date <= scale.Window.Last; date = date.AddDays(7 * every))
        {
            weeks.Add(new Tick(scale.StartOf(date), date.Day.ToString(CultureInfo.InvariantCulture)));
        }

        return weeks;
    }

    private static List<Band> BandsOf(TimetableScene scene, Scale scale)
    {
        List<Band> bands = [];
        for (var year = scale.Window.First.Year - 1; year <= scale.Window.Last.Year; year++)
        {
            Add(BandKind.Holidays, new Stretch(new DateOnly(year, 8, 1), new DateOnly(year, 8, 31)), "August");
            Add(BandKind.Holidays, new Stretch(new DateOnly(year, 12, 21), new DateOnly(year + 1, 1, 3)), "Christmas");
        }

        if (scene.PreElection is { } election)
        {
            Add(BandKind.PreElection, election, "Pre-election");
        }

        if (scale.Day >= LeastDayForWeekends)
        {
            for (var date = scale.Window.First; date <= scale.Window.Last; date = date.AddDays(1))
            {
                if (date.DayOfWeek == DayOfWeek.Saturday || (date.DayOfWeek == DayOfWeek.Sunday && date == scale.Window.First))
                {
                    Add(BandKind.Weekend, date.DayOfWeek == DayOfWeek.Saturday ? new Stretch(date, date.AddDays(1)) : new Stretch(date, date), "");
                }
            }
        }

        foreach (var holiday in scene.BankHolidays)
        {
            Add(BandKind.BankHoliday, new Stretch(holiday, holiday), "");
        }

        return bands;

        void Add(BandKind kind, Stretch days, string label)
        {
            if (scale.BoxOf(days) is { } box)
            {
                bands.Add(new Band(kind, box, label));
            }
        }
    }

    private static string Describe(TimetableScene scene, Stretch open)
    {
        var law = scene.EarliestClose is not { } earliest ? "No law fixes how long it must be open."
            : scene.ShortBy > 0 ? $"The earliest lawful last day is {Short(earliest)}, so it closes {Days(scene.ShortBy)} too early."
            : $"The earliest lawful last day is {Short(earliest)}.";
        var breaches = scene.Dates.Count(d => d.Concern == Concern.Breach);
        return $"People can respond from {Short(open.First)} to {Short(open.Last)}, {Days(open.Days)}. {law} "
            + $"{(scene.Decision is { } decision ? $"The decision is planned for {Short(decision)}. " : "")}"
            + $"{(scene.Dates.Count == 1 ? "1 date is" : $"{scene.Dates.Count.ToString(CultureInfo.InvariantCulture)} dates are")} marked"
            + $"{(breaches > 0 ? $", {(breaches == 1 ? "1 of them broken" : $"{breaches.ToString(CultureInfo.InvariantCulture)} of them broken")}" : "")}. The table holds the same dates.";
    }

    private static string Days(int days) => days == 1 ? "1 day" : $"{days.ToString(CultureInfo.InvariantCulture)} days";

    private static string Short(DateOnly date) => date.ToString("ddd d MMMM yyyy", English);

    /// <summary>Cut between words; the table has it whole.</summary>
    private static string Cut(string label)
    {
        const int Longest = 92;
        return label.Length <= Longest ? label : $"{label[..label.LastIndexOf(' ', Longest)].TrimEnd(',', ';', ':', '(')} …";
    }

    /// <summary>From days to places.</summary>
    private sealed record Scale(Stretch Window)
    {
        public double Day { get; } = (Right - Left) / Window.Days;

        public bool Contains(DateOnly date) => date >= Window.First && date <= Window.Last;

        public double StartOf(DateOnly date) => Math.Round(Left + ((date.DayNumber - Window.First.DayNumber) * Day), 2);

        public double MiddleOf(DateOnly date) => Math.Round(StartOf(date) + (Day / 2), 2);

        /// <summary>The part of a stretch that lies in the window; null where none does.</summary>
        public Box? BoxOf(Stretch days)
        {
            var first = days.First < Window.First ? Window.First : days.First;
            var last = days.Last > Window.Last ? Window.Last : days.Last;
            return last < first ? null : new Box(StartOf(first), Math.Round(StartOf(last.AddDays(1)) - StartOf(first), 2));
        }
    }
}

public sealed record Tick(double X, string Label);

/// <summary>From left to right; the height is the drawing's.</summary>
public sealed record Box(double X, double Width)
{
    public double End => X + Width;
}

public enum BandKind
{
    Weekend,
    BankHoliday,

    /// <summary>August and the Christmas fortnight.</summary>
    Holidays,
    PreElection,
}

public sealed record Band(BandKind Kind, Box Box, string Label);

/// <summary>One line of the picture.</summary>
/// <param name="Bar">The days that were counted; null where none were or none of them is in the window.</param>
/// <param name="Mark">The date; null for the consultation itself.</param>
public sealed record PictureRow(double Top, string Label, Box? Bar, Mark? Mark, int? Number, Obligation Obligation, Concern Concern);

/// <param name="DateToTheRight">Where the date in words stands, so that it stays within the picture.</param>
public sealed record Mark(double X, Edge Where, string Date, bool DateToTheRight);

/// <summary>Whether a date lies in the days that the picture spans.</summary>
public enum Edge
{
    Within,
    Before,
    After,
}
