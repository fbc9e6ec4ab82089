using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Engagement.Consultations.Application.Bundles;
using Engagement.Consultations.Contracts;
using Engagement.TestKit.Bundles;
using Engagement.TestKit.Demo;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>The verifier of a bundle as whoever received the bundle uses it: a file on their disk, in a browser without a network.</summary>
[Collection(BrowserTests.Name)]
public sealed class BundleVerifierTests(Browser browser, LoadedCouncil council) : IClassFixture<LoadedCouncil>, IAsyncLifetime
{
    private const string Everything = "Everything fits: no file and no link was changed, removed or added.";
    private const string Consultations = "99-history/consultations.txt";

    private readonly string folder = Directory.CreateTempSubdirectory("engagement-bundle-").FullName;
    private readonly List<string> asked = [];
    private IBrowserContext context = null!;
    private IPage page = null!;
    private UnpackedBundle bundle = null!;
    private ConsultationId consultation;

    public async Task InitializeAsync()
    {
        consultation = new ConsultationId(await council.Value<Guid>("select consultation_id from closing_the_loop.loop where closed_loop_at is not null order by 1 limit 1"));
        bundle = await Make(consultation, Zip);
        await bundle.UnpackAsync(Unpacked);
        context = await browser.Chromium.NewContextAsync();
        await context.SetOfflineAsync(true);
        page = await context.NewPageAsync();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync(new Uri(Path.Combine(Unpacked, "verify.html")).AbsoluteUri);
    }

    public async Task DisposeAsync()
    {
        await context.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Zip => Path.Combine(folder, "bundle.zip");

    private string Unpacked => Path.Combine(folder, "unpacked");

    [Fact]
    public async Task A_bundle_as_it_was_made_fits_as_a_zip_and_as_a_folder_without_a_network()
    {
        var told = await Verify(Zip);

        told.ShouldContain(Everything);
        told.ShouldContain(bundle.Digest);
        told.ShouldContain("Worked out again from ");
        told.ShouldContain("tested against 5 known answers");
        await Clear();
        await page.SetInputFilesAsync("#folder", Unpacked);
        (await Result()).ShouldContain(Everything);
        await page.FillAsync("#expected", bundle.Digest);
        (await Verify(Zip)).ShouldContain(Everything);
        asked.ShouldAllBe(address => address.StartsWith("file:", StringComparison.Ordinal) || address.StartsWith("blob:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_byte_changed_in_any_kind_of_file_is_named_by_that_file_and_by_no_other()
    {
        string[] kinds = [.. bundle.Files.Keys.Where(f => f != "manifest.json").GroupBy(f => (Path.GetExtension(f), f.Split('/')[0])).Select(g => g.OrderBy(f => f, StringComparer.Ordinal).Last())];

        kinds.Select(Path.GetExtension).Distinct().Count().ShouldBeGreaterThanOrEqualTo(4, "html, json, csv and txt at least");
        foreach (var path in kinds)
        {
            var told = await Verify(bundle.WithChangedByte(path));
            told.ShouldContain($"{path}: it has been changed. Its SHA-256 is ");
            (await Problems()).ShouldAllBe(p => p.StartsWith(path, StringComparison.Ordinal) || (path.EndsWith("chains.json", StringComparison.Ordinal) && p.Contains("where its chains end", StringComparison.Ordinal)), path);
        }
    }

    [Fact]
    public async Task One_byte_changed_in_the_zip_file_itself_is_named_by_the_file_it_belongs_to()
    {
        var bytes = await File.ReadAllBytesAsync(Zip);
        var name = "07-responses/responses.csv"u8;
        bytes[bytes.AsSpan().IndexOf(name) + name.Length + 200] ^= 1;
        var changed = Path.Combine(folder, "changed.zip");
        await File.WriteAllBytesAsync(changed, bytes);

        (await Verify(changed)).ShouldContain("07-responses/responses.csv: it ");
        (await Problems()).ShouldHaveSingleItem().ShouldContain("changed");
    }

    [Fact]
    public async Task A_changed_link_is_named_although_the_sums_in_the_manifest_were_fixed_up()
    {
        var line = LineOf("ConsultationApproved", out var number);
        var changed = bundle.Copy();
        changed.Files[Consultations] = Encoding.UTF8.GetBytes(bundle.Text(Consultations).Replace(line, line.Replace("\"event\":\"ConsultationApproved\"", "\"event\":\"ConsultationApprovee\"", StringComparison.Ordinal), StringComparison.Ordinal));

        await Verify(changed.WithSumsFixedUp());

        (await Problems()).ShouldHaveSingleItem().ShouldStartWith($"{Consultations}, line {number}: entry ");
        (await Problems()).ShouldHaveSingleItem().ShouldContain($"of {consultation}: its content does not match its hash.");
    }

    [Fact]
    public async Task A_changed_link_whose_own_hash_was_worked_out_anew_is_named_by_the_link_after_it()
    {
        var line = LineOf("ConsultationApproved", out var number);
        var entry = line[130..].Replace("\"event\":\"ConsultationApproved\"", "\"event\":\"ConsultationApprovee\"", StringComparison.Ordinal);
        var hash = UnpackedBundle.Sum([.. Convert.FromHexString(line[..64]), .. Encoding.UTF8.GetBytes(entry)]);
        var changed = bundle.Copy();
        changed.Files[Consultations] = Encoding.UTF8.GetBytes(bundle.Text(Consultations).Replace(line, $"{line[..64]} {hash} {entry}", StringComparison.Ordinal));

        await Verify(changed.WithSumsFixedUp());

        (await Problems()).ShouldHaveSingleItem().ShouldStartWith($"{Consultations}, line {number + 1}: entry ");
        (await Problems()).ShouldHaveSingleItem().ShouldContain("it does not follow the entry before it.");
    }

    [Fact]
    public async Task A_link_that_was_taken_out_is_named_in_the_middle_and_at_the_end()
    {
        var line = LineOf("ConsultationApproved", out var number);
        var inTheMiddle = bundle.Copy();
        inTheMiddle.Files[Consultations] = Encoding.UTF8.GetBytes(bundle.Text(Consultations).Replace(line + "\n", "", StringComparison.Ordinal));
        await Verify(inTheMiddle.WithSumsFixedUp());
        (await Problems()).ShouldContain(p => p.StartsWith($"{Consultations}, line {number}: ", StringComparison.Ordinal) && p.EndsWith("the entry before it is missing.", StringComparison.Ordinal));

        var atTheEnd = bundle.Copy();
        var lines = bundle.Text(Consultations).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        atTheEnd.Files[Consultations] = Encoding.UTF8.GetBytes(string.Concat(lines[..^1].Select(l => l + "\n")));
        await Verify(atTheEnd.WithSumsFixedUp());
        (await Problems()).ShouldHaveSingleItem().ShouldContain(string.Create(CultureInfo.InvariantCulture, $"ends at entry {lines.Length - 1}; {lines.Length} were written."));
    }

    [Fact]
    public async Task A_paper_that_was_exchanged_is_named_although_the_sums_in_the_manifest_were_fixed_up()
    {
        var withPapers = await Make(new ConsultationId(await council.Value<Guid>("select consultation_id from consultations.document order by 1 limit 1")), Path.Combine(folder, "papers.zip"));
        var paper = withPapers.Files.Keys.First(f => f.StartsWith("05-documents/document-", StringComparison.Ordinal));
        (await Verify(withPapers)).ShouldContain(Everything);

        await Verify(withPapers.WithChangedByte(paper));
        (await Problems()).ShouldHaveSingleItem().ShouldStartWith($"{paper}: it has been changed.");

        await Verify(withPapers.WithChangedByte(paper).WithSumsFixedUp());

        (await Problems()).ShouldContain($"{paper}: the history holds no such file. Its sum in the manifest has been changed.");
        (await Problems()).ShouldContain(p => p.Contains("(DocumentAdded)", StringComparison.Ordinal) && p.EndsWith("the file that it records is not in the bundle.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_was_changed_breaks_the_seal_although_the_sums_in_the_manifest_were_fixed_up()
    {
        const string Sealed = "07-responses/sealed-answers.txt";
        var lines = bundle.Text(Sealed).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var changed = bundle.Copy();
        var answers = JsonNode.Parse(lines[0].Split(' ', 4)[3])!.AsObject();
        answers["added"] = "by somebody";
        lines[0] = $"{string.Join(' ', lines[0].Split(' ', 4)[..3])} {answers.ToJsonString()}";
        changed.Files[Sealed] = Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));
        await Verify(changed.WithSumsFixedUp());
        (await Problems()).ShouldHaveSingleItem().ShouldContain($"{Sealed}, line 1: the answers of response {lines[0][..36]} do not match their digest.");

        changed.Files[Sealed] = Encoding.UTF8.GetBytes(string.Concat(lines[1..].Select(l => l + "\n")));
        await Verify(changed.WithSumsFixedUp());
        (await Problems()).ShouldHaveSingleItem().ShouldContain("do not give the seal that the history holds");
    }

    [Fact]
    public async Task A_file_that_was_removed_or_added_or_is_there_twice_is_named()
    {
        var removed = bundle.Copy();
        removed.Files.Remove("09-analysis/themes.json");
        await Verify(removed);
        (await Problems()).ShouldHaveSingleItem().ShouldBe("09-analysis/themes.json: it is missing.");

        var added = bundle.Copy();
        added.Files.Add("05-documents/<b>planted</b>.pdf", "%PDF-"u8.ToArray());
        await Verify(added);
        (await Problems()).ShouldHaveSingleItem().ShouldBe("05-documents/<b>planted</b>.pdf: it was added; the manifest does not know it.");

        var twice = Path.Combine(folder, "twice.zip");
        await bundle.PackAsync(twice);
        await using (var archive = await ZipFile.OpenAsync(twice, ZipArchiveMode.Update))
        {
            await using var entry = await archive.CreateEntry("index.html").OpenAsync();
            await entry.WriteAsync("another"u8.ToArray());
        }

        await Verify(twice);
        (await Problems()).ShouldContain("index.html: it is in the zip file twice.");
    }

    [Fact]
    public async Task A_bundle_that_was_made_anew_as_a_whole_is_told_by_the_digest_that_the_council_recorded()
    {
        var changed = bundle.WithChangedByte("10-decision-and-outcome/decision.json").WithSumsFixedUp();
        (await Verify(changed)).ShouldContain(Everything, Case.Sensitive, "it agrees with itself");

        await page.FillAsync("#expected", bundle.Digest);
        await Verify(changed);
        (await Problems()).ShouldHaveSingleItem().ShouldStartWith("manifest.json: its digest is not the one that you entered.");
    }

    [Fact]
    public async Task What_is_no_bundle_is_refused_with_a_reason()
    {
        var noZip = Path.Combine(folder, "letter.zip");
        await File.WriteAllTextAsync(noZip, "Dear Sir or Madam");
        (await Verify(noZip)).ShouldContain("This is no zip file, or its end is missing.");

        var without = bundle.Copy();
        without.Files.Remove("manifest.json");
        (await Verify(without)).ShouldContain("There is no manifest.json in it");
        (await Verify(bundle.WithChangedByte("manifest.json"))).ShouldNotContain(Everything);
        await page.FillAsync("#expected", "not a digest");
        (await Verify(Zip)).ShouldContain("is not 64 digits and letters");
    }

    [Fact]
    public async Task Every_page_of_a_bundle_can_be_used_by_everybody()
    {
        var audit = PageAudit.Of(page);
        await audit.Check("bundle-verify");
        await Verify(Zip);
        await audit.Check("bundle-verify-fits");
        await Verify(bundle.WithChangedByte("index.html"));
        await audit.Check("bundle-verify-changed");
        foreach (var path in bundle.Files.Keys.Where(f => f.EndsWith("index.html", StringComparison.Ordinal)))
        {
            await page.GotoAsync(new Uri(Path.Combine(Unpacked, path)).AbsoluteUri);
            await audit.Check($"bundle-{path.Replace("/index.html", "", StringComparison.Ordinal)}");
            (await page.Locator("script").CountAsync()).ShouldBe(0);
            (await page.Locator("table:not(:has(caption))").CountAsync()).ShouldBe(0);
            (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("en-GB");
        }
    }

    private async Task<UnpackedBundle> Make(ConsultationId id, string file)
    {
        await using var zip = new FileStream(file, FileMode.Create, FileAccess.ReadWrite);
        await council.Program.SendAsync(new MakeBundle(id, InFull: true, zip, (_, _, _) => ValueTask.CompletedTask));
        zip.Position = 0;
        return await UnpackedBundle.Of(zip);
    }

    private string LineOf(string name, out int number)
    {
        var lines = bundle.Text(Consultations).Split('\n');
        number = Array.FindIndex(lines, l => l.Contains($"\"event\":\"{name}\"", StringComparison.Ordinal)) + 1;
        return lines[number - 1];
    }

    private async Task<string> Verify(UnpackedBundle changed)
    {
        var file = Path.Combine(folder, $"{Guid.CreateVersion7():N}.zip");
        await changed.PackAsync(file);
        return await Verify(file);
    }

    /// <returns>All that the verifier tells.</returns>
    private async Task<string> Verify(string zip)
    {
        await Clear();
        await page.SetInputFilesAsync("#zip", zip);
        return await Result();
    }

    private Task Clear() => page.EvaluateAsync("document.getElementById('result').replaceChildren()");

    private async Task<string> Result()
    {
        await page.Locator("#result .verdict").WaitForAsync();
        return await page.InnerTextAsync("#result");
    }

    private Task<IReadOnlyList<string>> Problems() => page.Locator("#result li").AllInnerTextsAsync();
}
