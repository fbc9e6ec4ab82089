using Engagement.Platform;
using Engagement.Platform.Messaging;

namespace Engagement.UnitTests.Platform;

public class WrittenTypesTests
{
    [Fact]
    public void Every_type_that_somebody_wrote_is_found_nested_ones_too_and_none_that_the_compiler_made()
    {
        var assembly = typeof(Subscriptions).Assembly;
        var (made, written) = (assembly.GetTypes().Where(t => t.FullName!.Contains('<')).ToList(), assembly.GetTypes().Where(t => !t.FullName!.Contains('<')).ToList());

        WrittenTypes.Of(assembly).ShouldBe(written, ignoreOrder: true);
        written.ShouldContain(t => t.IsNestedPrivate);
        made.Count.ShouldBeGreaterThan(100);
    }
}
