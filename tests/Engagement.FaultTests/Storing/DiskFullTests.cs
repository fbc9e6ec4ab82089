using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Engagement.FaultTests.Rig;
using Engagement.TestKit;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>The file system under the database is full: nobody is told that they were heard who was not, and it goes on by itself once there is room.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class DiskFullTests(FaultServer server, ITestOutputHelper output)
{
    private const int Megabytes = 64;

    [Fact]
    public async Task X15_A_full_disk_is_answered_with_503_stores_nothing_by_halves_and_needs_no_restart()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            output.WriteLine("Not tried: only root on Linux can make a small file system.");
            return;
        }

        await using var disk = await SmallDisk.MountAsync(Megabytes);
        await server.Execute($"create tablespace small location '{disk.Directory}'");
        try
        {
            await using var rig = await ProductionRig.StartAsync(server, tablespace: "small");
            await Try(rig, disk);
        }
        finally
        {
            await server.Execute("drop tablespace small");
        }
    }

    private async Task Try(ProductionRig rig, SmallDisk disk)
    {
        var opensAt = OfficeWork.SecondAfter(rig.Notice);
        var consultation = await rig.ScheduledConsultation("Stops", opensAt, opensAt + TimeSpan.FromDays(1));
        await Instants.Until(consultation.OpensAt);
        using var anyone = new HttpClient { BaseAddress = rig.WebAddress };
        var acknowledged = new List<string>();
        disk.Fill();

        HttpStatusCode status;
        do
        {
            status = await Respond();
        }
        while (status == HttpStatusCode.Created);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await anyone.GetAsync($"/consultations/{consultation.Slug}")).StatusCode.ShouldBe(HttpStatusCode.OK, "reading goes on");
        (await rig.Rows("select reference from participation.response", row => row.GetString(0))).ShouldBe(acknowledged, ignoreOrder: true);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{acknowledged.Count} taken until the disk was full"));

        disk.MakeRoom();
        await rig.WaitUntil("responses are taken again", TimeSpan.FromSeconds(30), async () => await Respond() == HttpStatusCode.Created);
        (await rig.Rows("select reference from participation.response", row => row.GetString(0))).ShouldBe(acknowledged, ignoreOrder: true);
        (await rig.Run("audit", "verify")).ShouldContain("the record is whole");

        async Task<HttpStatusCode> Respond()
        {
            // What cannot be compressed fills pages.
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{consultation.Slug}/responses")
            {
                Content = JsonContent.Create(new { answers = new { view = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2400)) } }),
                Headers = { { "Idempotency-Key", $"disk-{Guid.CreateVersion7():N}" } },
            };
            using var answer = await anyone.SendAsync(request);
            if (answer.IsSuccessStatusCode)
            {
                acknowledged.Add((await answer.Json()).GetProperty("reference").GetString()!.Replace("-", "", StringComparison.Ordinal));
            }

            return answer.StatusCode;
        }
    }

    /// <summary>A file system in memory that is soon full.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private readonly DirectoryInfo mount;

        private SmallDisk(DirectoryInfo mount) => this.mount = mount;

        public string Directory => Path.Combine(mount.FullName, "data");

        private string Filler => Path.Combine(mount.FullName, "filler");

        public static async Task<SmallDisk> MountAsync(int megabytes)
        {
            var disk = new SmallDisk(System.IO.Directory.CreateTempSubdirectory("engagement-small-disk-"));
            await Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=755"), "tmpfs", disk.mount.FullName);
            System.IO.Directory.CreateDirectory(disk.Directory);

            // The server runs as this account where the tests run as root.
            await Run("chown", "nobody", disk.Directory);
            return disk;
        }

        public void Fill()
        {
            using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var piece = new byte[64 * 1024];
            try
            {
                while (true)
                {
                    file.Write(piece);
                }
            }
            catch (IOException)
            {
                // Now it is full.
            }
        }

        public void MakeRoom() => File.Delete(Filler);

        public async ValueTask DisposeAsync()
        {
            await Run("umount", mount.FullName);
            mount.Delete(recursive: true);
        }

        private static async Task Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, program);
        }
    }
}
