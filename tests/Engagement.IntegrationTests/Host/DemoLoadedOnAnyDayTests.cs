using System.Globalization;
using Engagement.Host.Demo;
using Engagement.TestKit;
using Engagement.TestKit.Demo;

namespace Engagement.IntegrationTests.Host;

/// <summary>The files name days before and after the load; whatever day that is, the rules of law and calendar must let them pass.</summary>
public sealed class DemoLoadedOnAnyDayTests : IntegrationTest
{
    [Theory]
    [InlineData("2027-01-01T00:00:30Z")]
    [InlineData("2027-03-28T00:57:30Z")]
    [InlineData("2027-08-15T22:58:30Z")]
    [InlineData("2029-10-28T00:30:00Z")]
    public async Task All_five_situations_load_at(string loadedAt)
    {
        Clock.MoveTo(DateTimeOffset.Parse(loadedAt, CultureInfo.InvariantCulture));
        var loader = new DemoLoader(App, ConnectionString);

        (await loader.LoadAsync()).State.ShouldBe(DemoState.Loaded);

        loader.RemoveFiles();
        (await Scalar<int>("select count(*) from engagements.engagement")).ShouldBe(5);
        (await Scalar<int>("select count(*) from consultations.consultation where status = 'Open' and closes_at > $1", Clock.Now)).ShouldBe(2);
    }
}
