using System.Globalization;
using System.Net;
using Engagement.FaultTests.Closing;
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
                await rig.WaitUntil("everybody is refused", TimeSpan.FromSeconds(60), () => Task.FromResult(
                    history.Attempts.TakeLast(2 * Load.Participants).All(a => a.Status == (int)HttpStatusCode.ServiceUnavailable)));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{history.Attempts.Count(a => a.IsAcknowledged && a.Started > limited)} taken in the last {Room / 1024} kB of the disk"));
                history.Attempts.Count(a => a.IsAcknowledged && a.Started > limited).ShouldBePositive("it was full from the first");
                await CheckWhatIsStored(rig, consultation, history);
                await CheckThatReadingGoesOn(rig, consultation);

                await disk.MakeRoom();
                var roomy = Instants.Now;
                await rig.WaitUntil("responses are taken again", TimeSpan.FromSeconds(30), () => Task.FromResult(history.Attempts.Any(a => a.IsAcknowledged && a.Started > roomy)));
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

    /// <summary>While nothing more is taken: what was acknowledged, whole, and nothing of what was refused.</summary>
    private static async Task CheckWhatIsStored(ProductionRig rig, RiggedConsultation consultation, ClientHistory history)
    {
        var stored = await StoredResponse.Of(rig, consultation);
        var acknowledged = history.Attempts.Where(a => a.IsAcknowledged).ToList();
        stored.Select(s => (s.Key, s.Reference, s.Text)).ShouldBe(acknowledged.Select(a => (a.Key, a.Reference!, a.Text)), ignoreOrder: true);
        history.Attempts.Where(a => a.Status is null).ShouldBeEmpty("whoever was refused was told so");
    }

    private static async Task CheckThatReadingGoesOn(ProductionRig rig, RiggedConsultation consultation)
    {
        using var anyone = new HttpClient { BaseAddress = rig.WebAddress };
        using var page = await anyone.GetAsync($"/consultations/{consultation.Slug}");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var view = await rig.Author.GetAsync($"/api/v1/consultations/{consultation.Id}");
        view.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
