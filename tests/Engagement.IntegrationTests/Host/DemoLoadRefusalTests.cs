using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Engagement.Host.Demo;
using Engagement.TestKit;
using Engagement.TestKit.Demo;

namespace Engagement.IntegrationTests.Host;

public sealed class DemoLoadRefusalTests : IntegrationTest
{
    private DemoLoader loader = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        loader = new DemoLoader(App, ConnectionString);
    }

    public override async Task DisposeAsync()
    {
        loader.RemoveFiles();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_database_with_an_engagement_of_its_own_is_left_as_it_is()
    {
        await Send(new CreateEngagement(new EngagementPlan { Title = "Ours", Summary = "Ours", Department = "Ours" }));

        var result = await loader.LoadAsync();

        result.State.ShouldBe(DemoState.NotEmpty);
        (await Scalar<int>("select count(*) from engagements.engagement")).ShouldBe(1);
        (await Scalar<int>("select count(*) from access.officer")).ShouldBe(0);
        File.Exists(Path.Combine(loader.DataDirectory, "demo-credentials.txt")).ShouldBeFalse();
    }

    [Fact]
    public async Task After_an_interrupted_load_the_next_one_says_how_to_begin_again_and_shows_no_accounts()
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => loader.LoadAsync(
            line =>
            {
                if (line.Contains("2 of 5", StringComparison.Ordinal))
                {
                    stop.Cancel();
                }
            },
            stop.Token));

        var refused = await Should.ThrowAsync<DemoLoadException>(() => loader.LoadAsync());

        refused.Message.ShouldContain("interrupted");
        refused.Message.ShouldContain("--fresh");
        File.Exists(Path.Combine(loader.DataDirectory, "demo-credentials.txt")).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_two_programs_that_start_at_once_one_loads_and_the_other_waits_for_it()
    {
        var other = new DemoLoader(App, ConnectionString);

        var results = await Task.WhenAll(loader.LoadAsync(), other.LoadAsync());

        results.Select(r => r.State).ShouldBe([DemoState.Loaded, DemoState.LoadedEarlier], ignoreOrder: true);
        loader.Progress.Concat(other.Progress).ShouldContain("Another program is loading the demonstration council: waiting for it");
        (await Scalar<int>("select count(*) from engagements.engagement")).ShouldBe(5);
        other.RemoveFiles();
    }
}
