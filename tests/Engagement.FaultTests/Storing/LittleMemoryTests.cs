using System.Globalization;
using System.Net;
using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>A web process that has less memory than a file of responses is large gives it out whole, as it reads it.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class LittleMemoryTests(FaultServer server, ITestOutputHelper output)
{
    /// <summary>In the short form few and very long ones, which are put there sooner.</summary>
    private static readonly int Responses = FaultSettings.Long ? 200_000 : 3_000;

    /// <summary>Of each.</summary>
    private static readonly int Bytes = FaultSettings.Long ? 2_900 : 29_000;

    /// <summary>What the process may hold of it in all; the half of that in objects, beyond which it is out of memory.</summary>
    private static readonly int Megabytes = FaultSettings.Long ? 512 : 256;

    [Fact]
    public async Task X38_An_export_that_is_larger_than_the_memory_of_the_process_is_given_out_whole()
    {
        var rig = await server.WholeRigAsync();
        var starting = rig.StartAnotherWebAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_GCHeapHardLimit"] = (Megabytes / 2 * 1024L * 1024).ToString("x", CultureInfo.InvariantCulture) }, untilReady: true);
        var consultation = await Large(rig);
        await using var web = await starting;
        using var officer = new HttpClient { BaseAddress = web.Address };
        officer.DefaultRequestHeaders.Authorization = rig.Author.DefaultRequestHeaders.Authorization;

        using var answer = await officer.GetAsync($"/api/v1/consultations/{consultation.Id}/export.csv", HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (lines, size) = await Count(await answer.Content.ReadAsStreamAsync());

        var peak = await PeakOf(web.Address.Port);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines - 1} responses, {size / 1_000_000} MB; the process held {peak} MB at most"));
        lines.ShouldBe(Responses + 1);
        peak.ShouldBeLessThan(Megabytes);
        (size / 1024 / 1024).ShouldBeGreaterThan(Megabytes / 4, "kept as text it would have had room");
    }

    private async Task<RiggedConsultation> Large(ProductionRig rig)
    {
        var consultation = await rig.OpenConsultation();
        await rig.WaitUntil("there is a form", TimeSpan.FromSeconds(30), async () =>
            await rig.Scalar<bool>("select exists (select from participation.response_form where consultation_id = $1 and questionnaire_version is not null)", consultation.Id));
        var started = Instants.Now;
        await using var insert = rig.Database.CreateCommand(
            """
            insert into participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language,
                   consent_to_publish, submitted_at, received_on, is_late, entered_after_seal, answers, asked, answers_digest)
            select $1, gen_random_uuid(), upper(left(md5($1::text || n), 12)), 'long ' || n, '\x00', 1, f.questionnaire_version, 'Web', 'en',
                   false, f.opens_at, f.opens_at::date, false, false, jsonb_build_object('view', repeat('a', $3)), '{view}', sha256(n::text::bytea)
              from participation.response_form f cross join generate_series(1, $2) n
             where f.consultation_id = $1
            """);
        insert.CommandTimeout = 0;
        insert.Parameters.Add(new() { Value = consultation.Id });
        insert.Parameters.Add(new() { Value = Responses });
        insert.Parameters.Add(new() { Value = Bytes });
        (await insert.ExecuteNonQueryAsync()).ShouldBe(Responses);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(Instants.Now - started).TotalSeconds:0.0} s to put them there"));
        return consultation;
    }

    private static async Task<(long Lines, long Size)> Count(Stream file)
    {
        var (lines, size, buffer) = (0L, 0L, new byte[64 * 1024]);
        for (int read; (read = await file.ReadAsync(buffer)) > 0; size += read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return (lines, size);
    }

    /// <summary>Megabytes of memory that the process that listens there has held at most.</summary>
    private static async Task<long> PeakOf(int port)
    {
        var argument = $"--port\0{port.ToString(CultureInfo.InvariantCulture)}\0";
        var process = Directory.EnumerateDirectories("/proc").Single(d => File.Exists(Path.Combine(d, "cmdline")) && File.ReadAllText(Path.Combine(d, "cmdline")).Contains(argument, StringComparison.Ordinal));
        var peak = (await File.ReadAllLinesAsync(Path.Combine(process, "status"))).Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }
}
