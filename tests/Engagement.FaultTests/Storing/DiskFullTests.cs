using System.Globalization;
using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>The file system under the database fills up: nobody is told that they were heard who was not, and it goes on by itself once there is room.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class DiskFullTests(FaultServer server, ITestOutputHelper output)
{
    private const int Room = 256 * 1024;

    [Fact]
    public async Task X15_A_disk_that_fills_up_is_answered_with_503_keeps_what_was_acknowledged_stores_nothing_by_halves_and_needs_no_restart()
    {
        if (server.Disk is not { } disk)
        {
            output.WriteLine("Not tried: only root on Linux can make a small file system.");
            return;
        }

        var rig = await server.WholeRigAsync();
        var (web, workers) = (rig.Web, rig.Workers);
        try
        {
            await rig.UnderLoad(output, async (consultation, history) =>
            {
                await disk.LeaveRoomFor(Room);
                var limited = Instants.Now;
                await rig.EverybodyIsRefused(consultation, history);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{history.Attempts.Count(a => a.IsAcknowledged && a.Started > limited)} taken in the last {Room / 1024} kB of the disk"));
                history.Attempts.Count(a => a.IsAcknowledged && a.Started > limited).ShouldBePositive("it was full from the first");
                await rig.ReadingGoesOn(consultation);
                await disk.MakeRoom();
                await rig.ResponsesAreTakenAgain(history);
            });
        }
        finally
        {
            await disk.MakeRoom();
        }

        await rig.CheckRecord();
        rig.Web.ShouldBe(web);
        web.IsAlive.ShouldBeTrue();
        rig.Workers.ShouldBe(workers);
    }
}
