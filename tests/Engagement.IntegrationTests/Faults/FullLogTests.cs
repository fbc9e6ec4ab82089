using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Engagement.IntegrationTests.Participation;

namespace Engagement.IntegrationTests.Faults;

/// <summary>The disk that the log is written to is full: a process of its own, whose every line is refused.</summary>
public sealed class FullLogTests : ParticipationTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task X16_A_program_whose_log_has_no_room_starts_takes_responses_reports_an_error_and_stops_in_order()
    {
        await AsAdministrator("update participation.response_form set opens_at = now() - interval '1 hour', closes_at = now() + interval '1 hour'");
        using var folder = new TemporaryKey();
        using var program = Start(folder.File, out var address);
        using var anyone = new HttpClient { BaseAddress = address };
        try
        {
            await UntilReady(program, anyone);
            (await Post(Answers(), client: anyone)).StatusCode.ShouldBe(HttpStatusCode.Created);

            // What went wrong would be written down now.
            await AsAdministrator(RaisedFault.At("participation.response", times: 1));
            var key = NewKey();
            (await Post(Answers(), key, anyone)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
            (await Post(Answers(), key, anyone)).StatusCode.ShouldBe(HttpStatusCode.Created);
            (await Stored()).ShouldBe(2);

            using (var stop = Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await stop.WaitForExitAsync();
            }

            await program.WaitForExitAsync().WaitAsync(Patience);
            program.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill();
            }
        }
    }

    /// <summary>Linux has a device that takes nothing, as a disk does that is full.</summary>
    private Process Start(string masterKeyFile, out Uri address)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        free.Stop();
        address = new Uri($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo(
            "sh",
            ["-c", "exec dotnet \"$0\" \"$@\" >/dev/full 2>&1", Path.Combine(AppContext.BaseDirectory, "engagement.dll"), "run", "--role", "web", "--port", port, "--postgres", ConnectionString])
        {
            UseShellExecute = false,
        };
        start.Environment["Security__MasterKeyFile"] = masterKeyFile;
        return Process.Start(start)!;
    }

    private static async Task UntilReady(Process program, HttpClient anyone)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(50)))
        {
            program.HasExited.ShouldBeFalse("it did not start");
            waited.Elapsed.ShouldBeLessThan(Patience, "it did not become ready");
            try
            {
                using var answer = await anyone.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }

    private sealed class TemporaryKey : IDisposable
    {
        public TemporaryKey() => System.IO.File.WriteAllText(File, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        public string File { get; } = Path.GetTempFileName();

        public void Dispose() => System.IO.File.Delete(File);
    }
}
