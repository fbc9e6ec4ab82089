using Engagement.Host.Brand;
using Engagement.Host.Pages.Public.Information;
using Engagement.TestKit;
using Microsoft.Extensions.Options;

namespace Engagement.UnitTests.Host;

public sealed class AccessibilityStatementTests
{
    [Fact]
    public void A_test_is_due_from_the_day_after_eleven_months()
    {
        var clock = new TestClock();
        var statement = new AccessibilityStatement(
            Options.Create(new AccessibilityOptions { TestedOn = new DateOnly(2027, 1, 31) }), Options.Create(new CouncilOptions()), clock);

        clock.MoveTo(new DateTimeOffset(2027, 12, 31, 23, 59, 59, TimeSpan.Zero));
        statement.IsTestDue.ShouldBeFalse();
        clock.MoveTo(new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero));
        statement.IsTestDue.ShouldBeTrue();
    }

    [Fact]
    public void One_known_issue_makes_it_partially_compliant()
    {
        var options = new AccessibilityOptions();
        var statement = new AccessibilityStatement(Options.Create(options), Options.Create(new CouncilOptions()), new TestClock());

        statement.Status.ShouldBe("fully compliant");
        options.KnownIssues.Add(new AccessibilityIssue { What = "Maps" });
        statement.Status.ShouldBe("partially compliant");
    }
}
