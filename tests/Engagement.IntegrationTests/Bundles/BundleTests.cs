using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Engagement.Consultations.Application.Bundles;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using Engagement.Platform.Work;
using Engagement.TestKit;
using Engagement.TestKit.Bundles;
using Engagement.TestKit.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Bundles;

/// <summary>Bundles of the demonstration's consultations, checked without the product's own code.</summary>
public sealed partial class BundleTests(LoadedCouncil council) : IClassFixture<LoadedCouncil>
{
    private const string LoopClosed = "select consultation_id from closing_the_loop.loop where closed_loop_at is not null order by 1 limit 1";
    private const string Open = "select consultation_id from consultations.document join consultations.consultation c on c.id = consultation_id where c.status = 'Open' order by 1 limit 1";

    [Fact]
    public async Task Every_file_has_the_sum_that_the_manifest_says_and_no_other_file_is_there()
    {
        var (bundle, made) = await Make(await Consultation(LoopClosed), inFull: true);

        bundle.Digest.ShouldBe(made.Digest);
        var listed = bundle.Manifest["files"]!.AsArray().Select(f => f!.AsObject()).ToDictionary(f => f["path"]!.GetValue<string>(), StringComparer.Ordinal);
        listed.Keys.Append("manifest.json").Order(StringComparer.Ordinal).ShouldBe(bundle.Files.Keys.Order(StringComparer.Ordinal));
        made.Files.ShouldBe(listed.Count);
        foreach (var (path, file) in listed)
        {
            file["sha256"]!.GetValue<string>().ShouldBe(UnpackedBundle.Sum(bundle.Files[path]), path);
            file["bytes"]!.GetValue<long>().ShouldBe(bundle.Files[path].Length, path);
            SafePath().IsMatch(path).ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task Every_link_of_every_chain_follows_from_the_one_before_it_and_every_chain_is_whole()
    {
        var id = await Consultation(LoopClosed);
        var (bundle, _) = await Make(id, inFull: true);

        var ends = Links(bundle);
        var told = bundle.Json("99-history/chains.json").EnumerateArray().ToDictionary(c => (c.GetProperty("file").GetString()!, c.GetProperty("aggregate").GetGuid()), c => (c.GetProperty("entries").GetInt32(), c.GetProperty("hash").GetString()!));
        ends.ShouldBe(told, ignoreOrder: true);
        foreach (var module in (string[])["consultations", "participation", "closing_the_loop"])
        {
            var written = await council.Value<int>($"select position from {module}.history_head where aggregate_id = $1", id.Value);
            ends[($"99-history/{module.Replace('_', '-')}.txt", id.Value)].Entries.ShouldBe(module == "consultations" ? written - 1 : written, $"{module}, and the making of the bundle itself comes after it");
        }

        ends.Keys.Count(k => k.File == "99-history/engagements.txt").ShouldBe(1);
        var questionnaire = await council.Value<Guid>("select id from participation.questionnaire where consultation_id = $1", id.Value);
        ends.Keys.ShouldContain(k => k.Aggregate == questionnaire);
    }

    [Fact]
    public async Task The_seal_can_be_worked_out_from_a_bundle_in_full_alone()
    {
        var id = await Consultation(LoopClosed);
        var (bundle, _) = await Make(id, inFull: true);

        using var seal = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in bundle.Text("07-responses/sealed-answers.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 4);
            var head = new byte[20];
            Guid.Parse(parts[0]).TryWriteBytes(head, bigEndian: true, out _);
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), int.Parse(parts[1], CultureInfo.InvariantCulture));
            seal.AppendData(head);
            UnpackedBundle.Sum(Encoding.UTF8.GetBytes(parts[3])).ShouldBe(parts[2]);
            seal.AppendData(Convert.FromHexString(parts[2]));
        }

        Convert.ToHexStringLower(seal.GetHashAndReset()).ShouldBe(await council.Value<string>("select sealed_digest from participation.response_form where consultation_id = $1", id.Value));
    }

    [Fact]
    public async Task It_holds_timetable_questionnaire_analysis_decision_outcome_and_messages()
    {
        var id = await Consultation(LoopClosed);
        var (bundle, _) = await Make(id, inFull: true);

        var page = bundle.Text("03-timetable/index.html");
        foreach (var step in bundle.Json(bundle.Files.Keys.First(f => f.StartsWith("03-timetable/recorded-", StringComparison.Ordinal))).GetProperty("timetable").GetProperty("steps").EnumerateArray())
        {
            WebUtility.HtmlDecode(page).ShouldContain(step.GetProperty("citation").GetString()!);
            WebUtility.HtmlDecode(page).ShouldContain(step.GetProperty("working").GetString()!);
        }

        bundle.Files.ShouldContainKey("03-timetable/computed.json");
        (await council.Value<string>("select string_agg(digest, ' ' order by number) from participation.questionnaire_version where consultation_id = $1", id.Value))
            .ShouldBe(string.Join(' ', bundle.Files.Keys.Where(f => f.StartsWith("06-questionnaire/version-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => UnpackedBundle.Sum(bundle.Files[f]))));
        (bundle.Text("07-responses/responses.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1)
            .ShouldBeGreaterThanOrEqualTo(await council.Value<int>("select count(*)::int from participation.response where consultation_id = $1 and withdrawn_at is null", id.Value));
        bundle.Json("09-analysis/themes.json").GetArrayLength().ShouldBe(await council.Value<int>("select count(*)::int from closing_the_loop.theme where consultation_id = $1", id.Value));
        bundle.Json("10-decision-and-outcome/decision.json").GetProperty("body").GetString().ShouldBe(await council.Value<string>("select decision ->> 'body' from closing_the_loop.loop where consultation_id = $1", id.Value));
        bundle.Files.ShouldContainKey("10-decision-and-outcome/outcome-version-1.json");
        bundle.Json("11-fairness/fairness.json").GetProperty("practices").GetArrayLength().ShouldBe(11, "four principles and seven practices");
        bundle.Json("10-decision-and-outcome/commitments.json").GetArrayLength().ShouldBe(await council.Value<int>("select count(*)::int from closing_the_loop.commitment where consultation_id = $1", id.Value));
        bundle.Json("90-messages/messages.json").EnumerateArray().Sum(c => c.GetProperty("sent").GetInt32() + c.GetProperty("waiting").GetInt32() + c.GetProperty("failed").GetInt32() + c.GetProperty("superseded").GetInt32())
            .ShouldBe(await council.Value<int>("select count(*)::int from platform.notification where subject_id = $1", id.Value));
    }

    [Fact]
    public async Task Redacted_it_holds_nothing_that_people_wrote()
    {
        var id = await Consultation(LoopClosed);
        var words = (await council.Value<string>(
            "select string_agg(text, chr(1)) from participation.v1_answers where consultation_id = $1 and length(text) > 20 and not exists (select from closing_the_loop.quotation q where q.response_id = v1_answers.response_id)", id.Value)).Split('\u0001');
        var (full, _) = await Make(id, inFull: true);
        var (redacted, _) = await Make(id, inFull: false);

        words.ShouldNotBeEmpty();
        Holds(full, words[0]).ShouldBeTrue("or the next lines see nothing");
        words.Where(w => Holds(redacted, w)).ShouldBeEmpty();
        redacted.Text("07-responses/responses.csv").ShouldContain("[redacted]");
        redacted.Files.ShouldNotContainKey("07-responses/sealed-answers.txt");
        redacted.Manifest["responses"]!.GetValue<string>().ShouldBe("redacted");
        redacted.Text("index.html").ShouldContain("Redacted: what people chose from options");
        Holds(redacted, await council.Value<string>("select plan -> 'leadOfficer' ->> 'email' from engagements.engagement e join consultations.consultation c on c.engagement_id = e.id where c.id = $1", id.Value)).ShouldBeFalse();
    }

    [Fact]
    public async Task It_holds_no_address_of_anybody_and_no_equality_answer_that_could_be_linked()
    {
        var id = await Consultation(LoopClosed);
        var (bundle, _) = await Make(id, inFull: true);

        Emails().Matches(string.Join('\n', bundle.Files.Where(f => f.Key.StartsWith("07-", StringComparison.Ordinal) || f.Key.StartsWith("90-", StringComparison.Ordinal)).Select(f => Encoding.UTF8.GetString(f.Value)))).ShouldBeEmpty();
        foreach (var question in bundle.Json("08-equality/equality.json").EnumerateArray())
        {
            foreach (var option in question.GetProperty("options").EnumerateArray().Where(o => o.GetProperty("count").ValueKind != JsonValueKind.Null))
            {
                option.GetProperty("count").GetInt32().ShouldBeGreaterThanOrEqualTo(10);
                (option.GetProperty("count").GetInt32() % 5).ShouldBe(0);
            }
        }
    }

    [Fact]
    public async Task Of_a_consultation_that_is_open_it_says_first_that_it_is_not_finished_and_holds_its_documents_byte_for_byte()
    {
        var id = await Consultation(Open);
        var (bundle, _) = await Make(id, inFull: true);

        (await council.Value<string>("select string_agg(sha256, ' ' order by name collate \"C\", version) from consultations.document where consultation_id = $1", id.Value))
            .ShouldBe(string.Join(' ', bundle.Files.Keys.Where(f => f.StartsWith("05-documents/document-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => UnpackedBundle.Sum(bundle.Files[f]))));
        bundle.Text("index.html").ShouldContain("This is a bundle of a consultation that is not finished. It is open until ");
        bundle.Text("10-decision-and-outcome/index.html").ShouldContain("nothing has been decided");
        bundle.Files.ShouldNotContainKey("07-responses/sealed-answers.txt");
        Links(bundle).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_same_content_at_the_same_instant_makes_the_same_bytes_but_for_the_record_of_the_first()
    {
        var id = await Consultation(Open);
        var (first, _) = await Make(id, inFull: true);
        var (second, _) = await Make(id, inFull: true);

        first.Files.Keys.ShouldBe(second.Files.Keys);
        first.Files.Keys.Where(f => !first.Files[f].AsSpan().SequenceEqual(second.Files[f])).Order(StringComparer.Ordinal)
            .ShouldBe(["99-history/chains.json", "99-history/consultations.txt", "99-history/index.html", "index.html", "manifest.json"]);
        second.Text("99-history/consultations.txt").ShouldContain(first.Digest);
    }

    [Fact]
    public async Task Whoever_may_not_read_responses_is_given_a_redacted_bundle_and_refused_a_full_one()
    {
        var id = await Consultation(LoopClosed);
        using var reader = await council.Program.ClientAsync("consultations:read");
        using var nobody = await council.Program.ClientAsync("engagements:read");

        var refused = await reader.PostAsJsonAsync($"/api/v1/consultations/{id}/bundle", new { inFull = true });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.ProblemCode()).ShouldBe("insufficient-scope");
        (await nobody.PostAsJsonAsync($"/api/v1/consultations/{id}/bundle", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.PostAsJsonAsync($"/api/v1/consultations/{Guid.CreateVersion7()}/bundle", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var asked = await reader.PostAsJsonAsync($"/api/v1/consultations/{id}/bundle", new { });
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await council.Program.Services.GetRequiredService<WorkRunner>().RunNextAsync(CancellationToken.None);
        var work = await reader.GetAsync(asked.Headers.Location).Success();
        work.GetProperty("state").GetString().ShouldBe("done", StringCompareShould.IgnoreCase);
        using var file = await reader.GetAsync($"{asked.Headers.Location}/file", HttpCompletionOption.ResponseHeadersRead);
        file.Content.Headers.ContentLength.ShouldBe(work.GetProperty("file").GetProperty("size").GetInt64(), "whoever is cut off can tell");
        await using var zip = await file.Content.ReadAsStreamAsync();
        using var content = new MemoryStream();
        await zip.CopyToAsync(content);
        var bundle = await UnpackedBundle.Of(content);
        bundle.Manifest["responses"]!.GetValue<string>().ShouldBe("redacted");
        work.GetProperty("message").GetString()!.ShouldContain(bundle.Digest);
        (await council.Value<int>(
            "select count(*)::int from consultations.history where aggregate_id = $1 and event = 'BundleRecorded' and data::jsonb ->> 'manifestDigest' = $2 and request_id = $3",
            id.Value, bundle.Digest, work.GetProperty("id").GetString()!)).ShouldBe(1);
    }

    [Fact]
    [Trait("Attack", "A12")]
    public async Task A_full_bundle_is_not_given_out_any_more_once_the_right_is_gone()
    {
        var id = await Consultation(LoopClosed);
        var asker = new Actor(ActorKind.Officer, Guid.CreateVersion7().ToString());
        var work = await council.Program.SendAsync(new AskForBundle(id, InFull: true), asker, ["consultations:read", "participation:read"]);
        await council.Program.Services.GetRequiredService<WorkRunner>().RunNextAsync(CancellationToken.None);

        (await Should.ThrowAsync<ForbiddenException>(() => council.Program.SendAsync(new TakeWorkFile(work), asker, ["consultations:read"]))).Code.ShouldBe("insufficient-scope");
        (await council.Program.SendAsync(new TakeWorkFile(work), asker, ["consultations:read", "participation:read"])).Size.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_officer_asks_for_it_on_its_page_leaves_comes_back_and_downloads_it()
    {
        var id = await Consultation(LoopClosed);
        using var officer = await council.Program.OfficerPagesAsync("officer");
        using var member = await council.Program.OfficerPagesAsync("member");
        var address = $"/admin/consultations/{id}/bundle";

        var page = await officer.Open(address);
        page.Main.ShouldNotContain("This consultation is not finished");
        (await officer.Submit(page, button: "Make the bundle")).Errors.ShouldBe(["Choose what may be in the bundle of the responses"]);
        var work = await officer.Submit(page, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Responses"] = "full" }, "Make the bundle");
        work.Address.AbsolutePath.ShouldStartWith("/admin/work/");
        work.Main.ShouldContain("You may leave this page");
        await council.Program.Services.GetRequiredService<WorkRunner>().RunNextAsync(CancellationToken.None);
        var earlier = await officer.Open((await officer.Open(address)).Document.QuerySelector("main td, main th a")!.GetAttribute("href")!);
        earlier.Main.ShouldContain("SHA-256 of its manifest: ");
        earlier.Main.ShouldContain("Download ");

        var restricted = await member.Open(address);
        restricted.Main.ShouldContain("People’s own words are left out: you do not have the right to read responses.");
        restricted.Document.QuerySelectorAll("input[type=radio]").ShouldBeEmpty();
        (await member.Submit(restricted, button: "Make the bundle")).Main.ShouldContain("redacted");
        await council.Program.Services.GetRequiredService<WorkRunner>().RunNextAsync(CancellationToken.None);
        (await officer.Open($"/admin/consultations/{await Consultation(Open)}/bundle")).Main.ShouldContain("This consultation is not finished");
        (await officer.Open($"/admin/consultations/{id}/history")).Main.ShouldContain("Challenge bundle made in full");
    }

    [Fact]
    public async Task What_somebody_typed_stays_text_on_its_pages_and_in_its_tables()
    {
        var id = await Consultation("select id from consultations.consultation c where status = 'Open' and not exists (select from consultations.document d where d.consultation_id = c.id) order by 1 limit 1");
        await council.Change($"update consultations.consultation set summary = '<script>alert(1)</script>' where id = '{id}'");
        await council.Change(
            $$"""
            update participation.response r set on_behalf_of = '@SUM(1)', answers = (select jsonb_object_agg(key, case when jsonb_typeof(value) = 'string' then '"=HYPERLINK(1)"'::jsonb else value end) from jsonb_each(r.answers))
             where consultation_id = '{{id}}'
            """);

        var (bundle, _) = await Make(id, inFull: true);

        bundle.Text("01-consultation/index.html").ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        bundle.Files.Where(f => f.Key.EndsWith("index.html", StringComparison.Ordinal)).ShouldAllBe(f => !Encoding.UTF8.GetString(f.Value).Contains("<script", StringComparison.Ordinal));
        var table = bundle.Text("07-responses/responses.csv");
        table.ShouldContain("'=HYPERLINK(1)");
        table.ShouldContain("'@SUM(1)");
        table.ShouldNotContain(",=HYPERLINK");
        table.ShouldNotContain("\"=HYPERLINK");
    }

    [Fact]
    public async Task Notices_and_consultees_are_in_it_with_their_proofs_and_redacted_without_what_consultees_sent()
    {
        var id = await Consultation(Open);
        var today = UkTime.DateOf(council.Program.Clock.Now);
        byte[] cutting = [.. "%PDF-1.7 cutting"u8], answer = [.. "%PDF-1.7 answer"u8];
        var notice = (await council.Program.SendAsync(new AddNotice(id, "Notice in the Gazette", "Gazette, page 4", null, today))).Notices.Single(n => n.What == "Notice in the Gazette").Id;
        await council.Program.SendAsync(new AddNoticeProof(id, notice, new NewProof(ProofKind.Cutting, "page 4.pdf", "application/pdf", cutting)));
        var consultee = (await council.Program.SendAsync(new AddConsultee(id, "Mrs Example of Mill House", "secret@example.org"))).Consultees.Single(c => c.Name == "Mrs Example of Mill House").Id;
        await council.Program.SendAsync(new RecordConsultee(id, consultee, ConsulteeStep.Notified, today, "By letter", new NewProof(ProofKind.File, "letter.pdf", "application/pdf", answer)));

        var (full, _) = await Make(id, inFull: true);
        var (redacted, _) = await Make(id, inFull: false);

        full.Files.Where(f => f.Key.StartsWith("04-notices/proof-", StringComparison.Ordinal)).Select(f => f.Value).ShouldBe([cutting, answer], ignoreOrder: true);
        full.Text("04-notices/index.html").ShouldContain("Mrs Example of Mill House");
        full.Manifest["files"]!.AsArray().Count(f => f!["path"]!.GetValue<string>().StartsWith("04-notices/proof-", StringComparison.Ordinal) && f["onRecord"] is not null).ShouldBe(2);
        redacted.Files.Where(f => f.Key.StartsWith("04-notices/proof-", StringComparison.Ordinal)).Select(f => f.Value).ShouldBe([cutting]);
        redacted.Text("04-notices/index.html").ShouldContain("Notice in the Gazette");
        foreach (var bundle in (UnpackedBundle[])[full, redacted])
        {
            Holds(bundle, "secret@example.org").ShouldBeFalse();
            (bundle == full || !Holds(bundle, "Mill House")).ShouldBeTrue();
            foreach (var digest in (string[])[UnpackedBundle.Sum(cutting), UnpackedBundle.Sum(answer)])
            {
                bundle.Text("99-history/consultations.txt").ShouldContain(digest);
            }
        }
    }

    [Fact]
    public async Task A_consultation_is_found_by_its_id_and_by_the_last_part_of_its_address()
    {
        var id = await Consultation(LoopClosed);
        var slug = await council.Value<string>("select slug from consultations.consultation where id = $1", id.Value);

        (await council.Program.SendAsync(new FindConsultationByReference(slug)))!.Id.ShouldBe(id);
        (await council.Program.SendAsync(new FindConsultationByReference(id.ToString())))!.Slug.ShouldBe(slug);
        (await council.Program.SendAsync(new FindConsultationByReference("nothing-of-that-name"))).ShouldBeNull();
    }

    private async Task<ConsultationId> Consultation(string sql) => new(await council.Value<Guid>(sql));

    private async Task<(UnpackedBundle Bundle, BundleMade Made)> Make(ConsultationId id, bool inFull)
    {
        using var zip = new MemoryStream();
        var made = await council.Program.SendAsync(new MakeBundle(id, inFull, zip, (_, _, _) => ValueTask.CompletedTask));
        zip.Position = 0;
        return (await UnpackedBundle.Of(zip), made);
    }

    /// <summary>Walks the chains as the bundle's own words say how.</summary>
    private static Dictionary<(string File, Guid Aggregate), (int Entries, string Hash)> Links(UnpackedBundle bundle)
    {
        var ends = new Dictionary<(string, Guid), (int Entries, string Hash)>();
        foreach (var path in bundle.Files.Keys.Where(f => f.StartsWith("99-history/", StringComparison.Ordinal) && f.EndsWith(".txt", StringComparison.Ordinal)))
        {
            foreach (var line in bundle.Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = line.Split(' ', 3);
                var entry = JsonSerializer.Deserialize<JsonElement>(parts[2]);
                var key = (path, entry.GetProperty("aggregate").GetGuid());
                var before = ends.GetValueOrDefault(key, (0, new string('0', 64)));
                parts[0].ShouldBe(before.Item2, line);
                entry.GetProperty("position").GetInt32().ShouldBe(before.Item1 + 1, line);
                UnpackedBundle.Sum([.. Convert.FromHexString(parts[0]), .. Encoding.UTF8.GetBytes(parts[2])]).ShouldBe(parts[1], line);
                ends[key] = (before.Item1 + 1, parts[1]);
            }
        }

        return ends;
    }

    private static bool Holds(UnpackedBundle bundle, string words) => bundle.Files.Any(f =>
        Encoding.UTF8.GetString(f.Value) is var text && (text.Contains(words, StringComparison.Ordinal) || text.Contains(words.Replace("\"", "\"\"", StringComparison.Ordinal), StringComparison.Ordinal)));

    [GeneratedRegex("^([0-9]{2}-[a-z-]+/)?[a-z0-9-]+\\.[a-z0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex SafePath();

    [GeneratedRegex("[A-Za-z0-9._-]+@[A-Za-z0-9-]+\\.[A-Za-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex Emails();
}
