using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>The database takes no writes for a while, as one that has just taken over from another, or the line to it is dead without anybody's being told.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class DatabaseAwayTests(FaultServer server, ITestOutputHelper output)
{
    /// <summary>In the long form longer than anybody waits for an answer.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(FaultSettings.Long ? 40 : 2);

    [Fact]
    public async Task X11_X19_A_database_that_takes_no_writes_or_says_nothing_costs_nobody_their_response_and_needs_no_restart()
    {
        var rig = await server.WholeRigAsync();
        var (web, workers) = (rig.Web, rig.Workers);
        try
        {
            await rig.UnderLoad(output, async (consultation, history) =>
            {
                await server.ReadOnly(true);
                await rig.EverybodyIsRefused(consultation, history);
                await rig.ReadingGoesOn(consultation);
                await server.ReadOnly(false);
                await rig.ResponsesAreTakenAgain(history);

                rig.Between.IsSilent = true;
                await Task.Delay(Silence);
                var silent = Instants.Now;
                history.Attempts.Where(a => a.IsAcknowledged && a.Ended > silent - (Silence / 2)).ShouldBeEmpty("nobody can have been answered from a dead line");
                rig.Between.IsSilent = false;
                await rig.ResponsesAreTakenAgain(history);
            });
        }
        finally
        {
            await server.ReadOnly(false);
        }

        rig.Web.ShouldBe(web);
        web.IsAlive.ShouldBeTrue();
        rig.Workers.ShouldBe(workers);
    }
}
