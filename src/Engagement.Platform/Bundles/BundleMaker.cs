using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.Platform.Bundles;

/// <summary>What the bundle is of.</summary>
/// <param name="Standing">A sentence that says where it stands.</param>
/// <param name="IsFinished">False where more is still to come, which the index says first of all.</param>
public sealed record BundleSubject(string Title, string Standing, bool IsFinished);

/// <param name="Digest">SHA-256 of <c>manifest.json</c>, lower-case hexadecimal: whoever knows it can tell whether anything in the bundle was changed.</param>
/// <param name="Files">Without the manifest.</param>
public sealed record BundleMade(string Digest, int Files, DateTimeOffset At);

/// <summary>
/// Puts together, from all modules' sections, the bundle that a court would ask for. Everything is read from one snapshot of the database and
/// goes straight into the zip, so its size does not matter; the same content at the same instant makes the same bytes.
/// </summary>
public sealed class BundleMaker(
    IServiceScopeFactory scopes, NpgsqlDataSource dataSource, ICurrentActor current, IEnumerable<ModuleSchema> schemas, TimeProvider clock)
{
    private const string Format = "engagement-bundle/1";

    /// <param name="describe">Reads from the snapshot what it is of.</param>
    /// <param name="report">Told which section is under way, of how many, and how far it is.</param>
    public async Task<BundleMade> MakeAsync(
        Guid consultation,
        bool inFull,
        Func<IServiceProvider, Task<BundleSubject>> describe,
        Stream to,
        Func<int, int, string, ValueTask> report,
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using (var settings = new NpgsqlCommand("set local statement_timeout = '15min'; set local idle_in_transaction_session_timeout = '15min'", connection, snapshot))
        {
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentActor>().Become(current.Actor, current.RequestId);
        foreach (var context in services.GetServices<ModuleDbContext>())
        {
            context.Database.SetDbConnection(connection, contextOwnsConnection: false);
            await context.Database.UseTransactionAsync(snapshot, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var subject = await describe(services);
        await using var archive = await BundleArchive.BeginAsync(to, now, cancellationToken);
        archive.Chains.Add(consultation, "The consultation");
        var sections = services.GetServices<IBundleSection>().OrderBy(s => s.Folder, StringComparer.Ordinal).ToList();
        var contents = new List<(string Folder, string Title)>();
        foreach (var section in sections)
        {
            await report(contents.Count, sections.Count + 1, section.Title);
            var bundle = new BundleSection(consultation, inFull, section.Folder, archive, message => report(contents.Count, sections.Count + 1, $"{section.Title}: {message}"));
            await section.WriteAsync(bundle, cancellationToken);
            await bundle.CloseAsync(section.Title, cancellationToken);
            contents.Add((section.Folder, section.Title));
        }

        await report(sections.Count, sections.Count + 1, "History");
        await WriteHistory(consultation, inFull, connection, services, archive, cancellationToken);
        contents.Add((BundleHistory.Folder, "History"));
        return await CloseAsync(consultation, inFull, subject, contents, archive, now, cancellationToken);
    }

    private async Task WriteHistory(
        Guid consultation, bool inFull, NpgsqlConnection connection, IServiceProvider services, BundleArchive archive, CancellationToken cancellationToken)
    {
        var bundle = new BundleSection(consultation, inFull, BundleHistory.Folder, archive, _ => ValueTask.CompletedTask);
        var history = new BundleHistory(connection, schemas, services.GetRequiredService<IActorDirectory>());
        await history.WriteAsync(bundle, archive.Chains, archive, cancellationToken);
        await bundle.CloseAsync("History", cancellationToken);
    }

    private static async Task<BundleMade> CloseAsync(
        Guid consultation, bool inFull, BundleSubject subject, List<(string Folder, string Title)> contents, BundleArchive archive, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await archive.AddAsync("verify.html", "The verifier", BundleFileKind.Plain, isOnRecord: false, s => CopyVerifierAsync(s, cancellationToken), cancellationToken);
        await archive.AddAsync(
            "index.html",
            "Index",
            BundleFileKind.Plain,
            isOnRecord: false,
            s => Index(inFull, subject, contents, archive.Files, now).WriteAsync(s, $"Challenge bundle: {subject.Title}", "", cancellationToken),
            cancellationToken);
        var files = archive.Files;
        var manifest = new JsonObject
        {
            ["format"] = Format,
            ["consultation"] = consultation.ToString(),
            ["title"] = subject.Title,
            ["standing"] = subject.Standing,
            ["madeAt"] = now.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["responses"] = inFull ? "full" : "redacted",
            ["chains"] = $"{BundleHistory.Folder}/{BundleHistory.Ends}",
            ["files"] = new JsonArray([.. files.Select(Describe)]),
        };
        var written = await archive.AddAsync(
            "manifest.json",
            "Manifest",
            BundleFileKind.Plain,
            isOnRecord: false,
            s => s.WriteAsync(Encoding.UTF8.GetBytes(manifest.ToJsonString(BundleJson.Indented)), cancellationToken).AsTask(),
            cancellationToken);
        await archive.CompleteAsync(cancellationToken);
        return new BundleMade(written.Sha256, files.Count, now);
    }

    private static JsonObject Describe(BundleFile file)
    {
        var described = new JsonObject { ["path"] = file.Path, ["bytes"] = file.Bytes, ["sha256"] = file.Sha256, ["what"] = file.What };
        if (file.Kind != BundleFileKind.Plain)
        {
            described["kind"] = file.Kind == BundleFileKind.History ? "history" : "sealed-answers";
        }

        if (file.IsOnRecord)
        {
            described["onRecord"] = true;
        }

        return described;
    }

    private static BundlePage Index(bool inFull, BundleSubject subject, List<(string Folder, string Title)> contents, IReadOnlyList<BundleFile> files, DateTimeOffset now)
    {
        var page = new BundlePage();
        if (!subject.IsFinished)
        {
            page.Notice($"This is a bundle of a consultation that is not finished. {subject.Standing} More may follow: make the bundle again when it has ended.");
        }

        page.Facts(
            ("Consultation", subject.Title),
            ("Where it stands", subject.Standing),
            ("As it stood at", $"{UkTime.SpellInstantToTheSecond(now)} ({now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'})"),
            ("Responses", inFull
                ? "In full: people’s own words are in this bundle. Keep it where only those can read it who need to."
                : "Redacted: what people chose from options is in this bundle; what they wrote, numbers and dates that they gave, and on whose behalf they wrote are not."));
        page.Heading("How to verify it");
        page.Paragraph("Open verify.html in a browser and give it this bundle, as the zip file or as the folder it was unpacked to. It needs no network and no installation. It works out the sum of every file and every link of every chain of history again, and names what is wrong, missing or added. Compare the digest of the manifest that it shows with the one that the council recorded when the bundle was made: it stands in the consultation’s history.");
        page.List([BundleText.Link("verify.html", "Open the verifier"), BundleText.Link("manifest.json", "The manifest, with the SHA-256 of every file")]);
        page.Heading("What is in it");
        page.Table(
            "The sections of this bundle",
            ["Section", "Files"],
            contents.Select(IReadOnlyList<BundleText> (c) => [BundleText.Link($"{c.Folder}/index.html", c.Title), files.Count(f => f.Path.StartsWith(c.Folder + "/", StringComparison.Ordinal))]));
        page.Heading("Every file");
        page.Paragraph("The sum of this page itself is in the manifest, which has a digest of its own.");
        page.Table(
            "Every file with its size in bytes and its SHA-256",
            ["File", "What it is", "Bytes", "SHA-256"],
            files.Select(IReadOnlyList<BundleText> (f) => [BundleText.Link(f.Path, f.Path), f.What, f.Bytes.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), f.Sha256]));
        return page;
    }

    private static async Task CopyVerifierAsync(Stream to, CancellationToken cancellationToken)
    {
        await using var from = typeof(BundleMaker).Assembly.GetManifestResourceStream("verify.html") ?? throw new InvalidOperationException("verify.html is not part of the program.");
        await from.CopyToAsync(to, cancellationToken);
    }
}

public static class BundleRegistration
{
    /// <summary>Registers what a module adds to the bundle.</summary>
    public static IServiceCollection AddBundleSection<TSection>(this IServiceCollection services)
        where TSection : class, IBundleSection => services.AddScoped<IBundleSection, TSection>();
}
