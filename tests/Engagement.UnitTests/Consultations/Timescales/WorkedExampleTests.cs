namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class WorkedExampleTests
{
    /// <summary>The examples of the catalogue when it was copied: a file cut short must not pass.</summary>
    private const int ExamplesInTheCatalogue = 166;

    private const int RegimesInTheCatalogue = 74;

    private static readonly string[] NamedRegimes =
    [
        "school-discontinuance", "school-prescribed-alteration-la", "school-admission-arrangements", "tro-permanent", "tro-experimental",
        "public-path-order-ha1980", "dmmo-order", "planning-application-publicity", "pharmaceutical-needs-assessment", "neighbourhood-plan",
        "budget-council-tax", "good-practice-period",
    ];

    public static IReadOnlyList<object[]> ExampleIds() => [.. WorkedExamples.All.Select(e => new object[] { e.Id })];

    [Theory]
    [MemberData(nameof(ExampleIds))]
    public void Computes_what_the_catalogue_expects(string id)
    {
        var example = WorkedExamples.All.Single(e => e.Id == id);

        var timetable = Engine.Real.Calculate([example.Regime], WorkedExamples.Inputs(example.Given));

        var checkedKeys = 0;
        foreach (var expected in example.Expect.EnumerateObject())
        {
            switch (expected.Name)
            {
                case "compliant":
                    timetable.Compliant.ShouldBe(expected.Value.GetBoolean());
                    break;
                case "short_by_days":
                    timetable.ShortByDays.ShouldBe(expected.Value.GetInt32());
                    break;
                case "outside_window":
                    timetable.OutsideWindow.ShouldBe(expected.Value.GetBoolean());
                    break;
                default:
                    timetable.DateOf(expected.Name).ShouldBe(Engine.Day(expected.Value.GetString()!), expected.Name);
                    break;
            }

            checkedKeys++;
        }

        checkedKeys.ShouldBeGreaterThan(0);
        if (!example.Expect.TryGetProperty("compliant", out _))
        {
            timetable.Compliant.ShouldBeNull();
        }
    }

    [Fact]
    public void Every_example_of_the_file_is_a_test_case()
    {
        var inTheFile = WorkedExamples.File().GetProperty("examples").GetArrayLength();

        ExampleIds().Count.ShouldBe(inTheFile);
        inTheFile.ShouldBe(ExamplesInTheCatalogue);
        WorkedExamples.All.Select(e => e.Id).ShouldBeUnique();
    }

    [Fact]
    public void The_twelve_regimes_of_the_main_job_have_examples() =>
        NamedRegimes.Except(WorkedExamples.All.Select(e => e.Regime), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_regime_has_an_example_and_every_example_a_regime()
    {
        var regimes = Engine.Real.Regimes.All.Select(r => r.Id).ToList();

        regimes.Count.ShouldBe(RegimesInTheCatalogue);
        regimes.ShouldBe(WorkedExamples.All.Select(e => e.Regime).Distinct(StringComparer.Ordinal), ignoreOrder: true);
    }

    [Fact]
    public void Every_step_that_an_example_computes_explains_itself()
    {
        foreach (var example in WorkedExamples.All)
        {
            foreach (var step in Engine.Real.Calculate([example.Regime], WorkedExamples.Inputs(example.Given)).Steps)
            {
                step.Working.ShouldContain(Kernel.UkTime.Spell(step.Date), customMessage: $"{example.Id}/{step.Key}");
                step.Working.ShouldEndWith(".");
            }
        }
    }
}
