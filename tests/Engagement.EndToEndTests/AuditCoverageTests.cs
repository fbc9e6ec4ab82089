using Xunit.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer("Engagement.EndToEndTests.CoverageLast", "Engagement.EndToEndTests")]

namespace Engagement.EndToEndTests;

/// <summary>Runs after all others, and looks at what they have looked at.</summary>
[Collection(CoverageLast.Name)]
public sealed class AuditCoverageTests
{
    [Fact]
    public void Every_page_of_the_program_was_audited()
    {
        var missing = AuditCoverage.Missing();
        if (Environment.GetEnvironmentVariable(AuditCoverage.EveryTestVariable) is { Length: > 0 })
        {
            missing.ShouldBeEmpty();
        }
    }
}

internal sealed class CoverageLast : ITestCollectionOrderer
{
    public const string Name = "coverage";

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => c.DisplayName == Name);
}
