using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Engagement.FaultTests.Rig;
using Engagement.TestKit;
using Engagement.TestKit.Bundles;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>The web process is killed while it sends large files and while some hundred people wait for it.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class RestartTests(FaultServer server, ITestOutputHelper output)
{
    private const int Waiting = 320;

    /// <summary>Of a response; so many of them are far more than what is on its way between two processes.</summary>
    private const int Kilobytes = 16;

    private static readonly TimeSpan LongestRestart = TimeSpan.FromSeconds(10);
    private static readonly int LargeSet = FaultSettings.Long ? 12_500 : 500;

    [Fact]
    public async Task X03_X39_A_file_that_is_cut_off_is_not_taken_for_whole_and_everybody_who_waits_for_the_restart_gets_through()
    {
        var rig = await server.WholeRigAsync();
        var large = Large(rig, await rig.OpenConsultation());
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await rig.UnderLoad(
            output,
            async (_, history) =>
            {
                var addresses = await large;
                var begun = await Task.WhenAll(addresses.Select(a => Begin(rig, a)));
                await rig.Web.KillAsync();
                var killed = Instants.Now;
                foreach (var (address, file) in addresses.Zip(begun))
                {
                    files.Add(address, await ReadUntilCutOff(address, file));
                }

                await rig.StartWebAsync();
                var ready = Instants.Now;
                var waited = history.Attempts.Where(a => a.Started > killed && a.Started < ready && a.IsUnknown).Select(a => a.Client).Distinct().Count();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready after {rig.Web.StartTook.TotalSeconds:0.0} s, while {waited} people waited"));
                waited.ShouldBeGreaterThan(Waiting / 2, "it was no crowd");
                rig.Web.StartTook.ShouldBeLessThan(LongestRestart);
            },
            Waiting);

        var whole = await Task.WhenAll((await large).Select(async address => (Address: address, Content: await rig.Author.GetByteArrayAsync(address))));
        foreach (var (address, content) in whole)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{address}: {files[address].Length} of {content.Length} bytes"));
            files[address].Length.ShouldBeInRange(1, content.Length - 1);
        }

        await CheckSums(rig, files, whole.ToDictionary(w => w.Address, w => w.Content, StringComparer.Ordinal));
    }

    /// <summary>Gives a consultation many long responses.</summary>
    /// <returns>Where its files are: the table, the table with where it comes from, and in the long form the bundle, which takes a worker seconds to make.</returns>
    private static async Task<string[]> Large(ProductionRig rig, RiggedConsultation consultation)
    {
        await rig.WaitUntil("there is a form", TimeSpan.FromSeconds(30), async () =>
            await rig.Scalar<bool>("select exists (select from participation.response_form where consultation_id = $1 and questionnaire_version is not null)", consultation.Id));
        await using (var insert = rig.Database.CreateCommand(
            """
            insert into participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language,
                   consent_to_publish, submitted_at, received_on, is_late, entered_after_seal, answers, asked, answers_digest)
            select $1, gen_random_uuid(), upper(left(md5($1::text || n), 12)), 'large ' || n, '\x00', 1, f.questionnaire_version, 'Web', 'en',
                   false, f.opens_at, f.opens_at::date, false, false,
                   jsonb_build_object('view', (select string_agg(md5(n::text || k), '') from generate_series(1, 32 * $3) k)), '{view}', sha256(n::text::bytea)
              from participation.response_form f cross join generate_series(1, $2) n
             where f.consultation_id = $1
            """))
        {
            insert.Parameters.Add(new() { Value = consultation.Id });
            insert.Parameters.Add(new() { Value = LargeSet });
            insert.Parameters.Add(new() { Value = Kilobytes });
            (await insert.ExecuteNonQueryAsync()).ShouldBe(LargeSet);
        }

        string[] exports = [$"/api/v1/consultations/{consultation.Id}/export.csv", $"/api/v1/consultations/{consultation.Id}/export.zip"];
        if (!FaultSettings.Long)
        {
            return exports;
        }

        var asked = await rig.Author.PostAsJsonAsync($"/api/v1/consultations/{consultation.Id}/bundle", new { inFull = true });
        await rig.WaitUntil("the bundle is made", TimeSpan.FromMinutes(5), async () => (await Work(rig, asked.Headers.Location!.ToString())).GetProperty("state").GetString() == "done");
        return [.. exports, $"{asked.Headers.Location}/file"];
    }

    private static Task<System.Text.Json.JsonElement> Work(ProductionRig rig, string address) => rig.Author.GetAsync(address).Success();

    /// <summary>Somebody who reads slowly: what is on its way to them is little, and its first bytes have come.</summary>
    private static async Task<(HttpResponseMessage Answer, byte First)> Begin(ProductionRig rig, string address)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (connection, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024 };
                await socket.ConnectAsync(connection.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = rig.WebAddress };
        http.DefaultRequestHeaders.Authorization = rig.Author.DefaultRequestHeaders.Authorization;
        var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var first = new byte[1];
        await (await answer.Content.ReadAsStreamAsync()).ReadExactlyAsync(first);
        return (answer, first[0]);
    }

    /// <returns>What had come when it was cut off.</returns>
    private static async Task<byte[]> ReadUntilCutOff(string address, (HttpResponseMessage Answer, byte First) begun)
    {
        using var answer = begun.Answer;
        using var got = new MemoryStream();
        got.WriteByte(begun.First);
        await using var file = await answer.Content.ReadAsStreamAsync();
        await Should.ThrowAsync<IOException>(() => file.CopyToAsync(got), $"{address} was taken for whole");
        return got.ToArray();
    }

    /// <summary>What says of itself what it should be is that when it is whole, and not when it is cut off.</summary>
    private static async Task CheckSums(ProductionRig rig, Dictionary<string, byte[]> cutOff, Dictionary<string, byte[]> whole)
    {
        var table = whole.Keys.Single(a => a.EndsWith(".csv", StringComparison.Ordinal));
        var archive = whole.Keys.Single(a => a.EndsWith(".zip", StringComparison.Ordinal));
        var files = await UnpackedBundle.Of(new MemoryStream(whole[archive]));
        var sum = files.Text("provenance.csv").Split("file_sha256,")[1][..64];
        UnpackedBundle.Sum(whole[table]).ShouldBe(sum);
        UnpackedBundle.Sum(files.Files["responses.csv"]).ShouldBe(sum);
        UnpackedBundle.Sum(cutOff[table]).ShouldNotBe(sum);
        if (whole.Keys.SingleOrDefault(a => a.EndsWith("/file", StringComparison.Ordinal)) is { } bundle)
        {
            (await Work(rig, bundle[..^"/file".Length])).GetProperty("message").GetString()!.ShouldContain((await UnpackedBundle.Of(new MemoryStream(whole[bundle]))).Digest);
        }

        foreach (var zip in whole.Keys.Where(a => a != table))
        {
            await Should.ThrowAsync<InvalidDataException>(() => UnpackedBundle.Of(new MemoryStream(cutOff[zip])), "half a zip is none");
        }
    }
}
