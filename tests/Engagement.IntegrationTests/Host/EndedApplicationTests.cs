using System.Runtime.CompilerServices;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Host;

/// <summary>What has been disposed of is let go: a timer that goes on keeps the whole application, and a run of the tests starts hundreds.</summary>
public sealed class EndedApplicationTests
{
    [Fact]
    public async Task An_application_that_has_ended_is_kept_by_nothing()
    {
        var server = await TestServer.Instance;
        var database = await server.CreateDatabaseAsync();
        var ended = await StartAndEnd(database);
        await server.DropDatabaseAsync(database);

        for (var collections = 0; ended.IsAlive && collections < 20; collections++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        ended.IsAlive.ShouldBeFalse();
    }

    // A method of its own, so that no local of the test holds it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> StartAndEnd(string database)
    {
        await using var app = await RunningApplication.StartAsync(database, new TestClock());
        using var anyone = app.Anyone();
        (await anyone.GetAsync("/")).EnsureSuccessStatusCode();
        return new WeakReference(app.Services);
    }
}
