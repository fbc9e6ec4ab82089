using System.Globalization;
using System.Text.Json.Nodes;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;

namespace Engagement.UnitTests.Consultations.Timescales;

/// <summary>
/// Regimes that nobody has written, from a seed: whatever the reader accepts is computed or refused with a reason, never with a
/// crash, and no date lies outside what its steps can reach. A failure names the seed.
/// </summary>
public sealed class RandomRegimeTests
{
    private const int Regimes = 1500;

    private static readonly string[] DateNames = ["opens", "closes", "decision", "published", "made"];

    private static readonly (string Op, string? Unit)[] Rules =
    [
        ("bw", "day"), ("bw", "week"), ("bw", "month"), ("bw", "year"), ("after", "day"), ("after", "month"), ("before", "week"), ("before", "month"), ("clear_before", "day"), ("clear_after", "day"),
        ("bw_ph", "day"), ("wd_before", "working_day"), ("wd_after", "working_day"), ("clear_wd_before", "working_day"), ("term_working_days", "term_working_day"), ("next_wd", null), ("day_after", null),
    ];

    [Fact]
    public void Every_regime_that_the_reader_accepts_is_computed_or_refused_with_a_reason()
    {
        var (computed, refused, blocked) = (0, 0, 0);
        for (var seed = 0; seed < Regimes; seed++)
        {
            var random = new Random(seed);
            var regime = RegimeReader.Read($"seed {seed}", FileOf(random)).ShouldHaveSingleItem();
            var calculator = new TimetableCalculator(new RegimeCatalogue([regime]), Engine.Real.Calendar, CouncilOf(random));
            var inputs = InputsOf(random, regime);
            try
            {
                var timetable = calculator.Calculate([regime.Id], inputs);
                computed++;
                blocked += timetable.Breaches.Any() ? 1 : 0;
                Check(timetable, seed);
            }
            catch (RuleBrokenException refusal) when (refusal.Code is "holidays-unknown" or "date-out-of-range")
            {
                refused++;
                refusal.Message.ShouldNotBeEmpty();
            }
        }

        // Fails when the generator makes nothing worth computing, or nothing that is ever wrong.
        computed.ShouldBeGreaterThan(Regimes / 2);
        refused.ShouldBeGreaterThan(0);
        blocked.ShouldBeGreaterThan(0);
    }

    private static void Check(Timetable timetable, int seed)
    {
        foreach (var step in timetable.Steps)
        {
            var reach = step.Rule.Rule switch
            {
                BeginningWith { Length: var l } => DaysOf(l),
                FromOrAfter { Length: var l } => DaysOf(l),
                Before { Length: var l } => DaysOf(l),
                NextWorkingDay or DayAfter => 14,

                // Every count of 60 days that leaves weekends, holidays and school holidays out ends within these.
                _ => 600,
            };
            Math.Abs(step.Date.DayNumber - step.Start.DayNumber).ShouldBeLessThanOrEqualTo(reach, $"seed {seed}, {step.Key}: {step.Working}");
            step.CountedFrom.Max(c => c.Value).ShouldBe(step.Start, $"seed {seed}");
            step.Working.ShouldContain(UkTime.Spell(step.Date), Case.Sensitive, $"seed {seed}");
            var days = step.DayByDay();
            days.ShouldContain(d => d.Date == step.Date, $"seed {seed}");
            (days.Count <= reach + 2).ShouldBeTrue($"seed {seed}");
        }

        timetable.Findings.ShouldAllBe(f => f.Message.Length > 0);
        (timetable.ShortByDays > 0 && timetable.Compliant != false).ShouldBeFalse($"seed {seed}");

        // A rule of medium confidence warns and never blocks, whatever else it is.
        timetable.Breaches.Where(b => b.Step is not null).ShouldAllBe(b => timetable.Steps.Single(s => s.Key == b.Step).Rule.Confidence != Confidence.Medium);

        // The version is the one of the trigger, and each step is of that version.
        var used = timetable.Versions.Single();
        used.Version.ShouldBeSameAs(used.Regime.VersionFor(used.Trigger));
        timetable.Steps.ShouldAllBe(s => used.Version.Steps.Contains(s.Rule));
    }

    private static int DaysOf(Length length) => length.Unit switch
    {
        LengthUnit.Day => length.Number,
        LengthUnit.Week => length.Number * 7,
        LengthUnit.Month => length.Number * 31,
        _ => length.Number * 366,
    };

    private static string FileOf(Random random)
    {
        var names = DateNames.Where(_ => random.Next(3) > 0).Append("published").Append("closes").Distinct(StringComparer.Ordinal).ToList();
        List<string> known = [.. names];
        var steps = new JsonArray();
        for (var i = 0; i < random.Next(1, 9); i++)
        {
            var (op, unit) = Rules[random.Next(Rules.Length)];
            var kind = i == 0 ? "last_day_min" : new[] { "earliest", "latest", "recommended", "info" }[random.Next(4)];
            var step = new JsonObject
            {
                ["key"] = $"step{i}",
                ["label"] = $"Step {i}",
                ["op"] = op,
                ["from"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(n => (JsonNode)$"{known[random.Next(known.Count)]}{(random.Next(4) == 0 ? "|published" : "")}{(n > 0 && random.Next(2) == 0 ? "?" : "")}")]),
                ["kind"] = kind,
                ["cite"] = "Sample Act s.1",
                ["confidence"] = new[] { "verified", "high", "medium" }[random.Next(3)],
            };
            if (unit is not null)
            {
                (step["n"], step["unit"]) = (unit == "year" ? random.Next(1, 10) : random.Next(1, 61), unit);
            }

            if (kind != "info" && random.Next(2) == 0)
            {
                step["actual"] = names[random.Next(names.Count)];
            }

            steps.Add(step);
            known.Add($"step{i}");
        }

        return new JsonObject
        {
            ["group"] = "Random", ["source"] = "a seed", ["checked"] = "2026-11-22",
            ["regimes"] = new JsonArray(new JsonObject
            {
                ["id"] = "random", ["name"] = "Random", ["kind"] = new[] { "statutory", "statutory-guidance", "good-practice" }[random.Next(3)], ["confidence"] = "high",
                ["legalBasis"] = new JsonArray("Sample Act"), ["trigger"] = "publication",
                ["inputs"] = new JsonArray([.. names.Select(n => (JsonNode)new JsonObject { ["name"] = n, ["label"] = n, ["trigger"] = n == "published" })]),
                ["steps"] = steps,
                ["check"] = new JsonObject { ["minimum"] = "step0" },
                ["versions"] = new JsonArray(
                    new JsonObject { ["to"] = "2020-12-31", ["change"] = "older" }, new JsonObject { ["from"] = "2021-01-01", ["change"] = "newer" }),
            }),
        }.ToJsonString();
    }

    private static TimetableInputs InputsOf(Random random, Regime regime) => new()
    {
        Dates = regime.Inputs.Where(_ => random.Next(5) > 0).ToDictionary(i => i.Name, _ => Day(random), StringComparer.Ordinal),
        SchoolBreaks = random.Next(3) > 0 ? null : [Range(random)],
        ClosingTime = random.Next(4) == 0 ? new TimeOnly(17, 0) : null,
    };

    private static CouncilCalendar CouncilOf(Random random) => random.Next(2) == 0 ? CouncilCalendar.Empty : new CouncilCalendar(
        [new RecordedDays("Holiday", Range(random))], [new RecordedPoll("Poll", Day(random), null)], [new RecordedDays("Closed", Range(random))]);

    private static DateRange Range(Random random) => Day(random) is var first ? new DateRange(first, first.AddDays(random.Next(0, 60))) : default;

    private static DateOnly Day(Random random) => DateOnly.FromDayNumber(random.Next(new DateOnly(2014, 1, 1).DayNumber, new DateOnly(2028, 12, 31).DayNumber));

    [Fact]
    public void The_same_seed_makes_the_same_regime() =>
        FileOf(new Random(7)).ShouldBe(FileOf(new Random(7)), CultureInfo.InvariantCulture.Name);
}
