using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Engagement.Platform.Audit;

namespace Engagement.Platform.Bundles;

/// <summary>
/// What one module adds to the bundle that a court would ask for: files in a folder of its own and a page that says what they are. All
/// sections read one snapshot of the database, one after the other and on one connection: read one set to its end before the next.
/// </summary>
public interface IBundleSection
{
    /// <summary>Two digits, which put the sections in order, and words, such as <c>03-timetable</c>.</summary>
    string Folder { get; }

    /// <summary>For people, such as <c>Timetable</c>.</summary>
    string Title { get; }

    Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken);
}

/// <summary>One section while it is written. What it is given for a file goes straight into the bundle; nothing is kept but what the page says.</summary>
public sealed partial class BundleSection
{
    private readonly string folder;
    private readonly BundleArchive archive;
    private readonly Func<string, ValueTask> report;

    internal BundleSection(Guid consultation, bool inFull, string folder, BundleArchive archive, Func<string, ValueTask> report)
    {
        Consultation = consultation;
        InFull = inFull;
        this.folder = folder;
        this.archive = archive;
        this.report = report;
    }

    public Guid Consultation { get; }

    /// <summary>Whether people's own words may be in it. False: only what they chose from options that were put to them.</summary>
    public bool InFull { get; }

    /// <summary>The section's page.</summary>
    public BundlePage Page { get; } = new();

    /// <summary>Says how far it is, such as <c>12,000 responses</c>. Call it as often as you like.</summary>
    public ValueTask ReportAsync(string message) => report(message);

    /// <summary>Adds a file. The page links it by its name.</summary>
    /// <param name="name">Lower-case letters, digits, dots and hyphens; never taken from what somebody typed.</param>
    /// <param name="what">For people, such as <c>Version 2 of the questionnaire</c>.</param>
    /// <param name="write">Writes it, with <c>WriteAsync</c> only.</param>
    /// <param name="isOnRecord">The history holds the SHA-256 of these very bytes, and the verifier looks for it there.</param>
    public Task AddAsync(string name, string what, Func<Stream, Task> write, bool isOnRecord = false, CancellationToken cancellationToken = default) =>
        AddAsync(name, what, BundleFileKind.Plain, write, isOnRecord, cancellationToken);

    /// <summary>Adds something small as indented JSON, its instants and ids spelt as in the history.</summary>
    public Task AddJsonAsync(string name, string what, object value, CancellationToken cancellationToken) => AddAsync(
        name,
        what,
        stream => stream.WriteAsync(Encoding.UTF8.GetBytes(Indented(value)), cancellationToken).AsTask(),
        cancellationToken: cancellationToken);

    /// <summary>
    /// Adds the answers of the sealed set: a line a response in the order of their ids, <c>id version digest answers</c>. The verifier works
    /// the seal out from it.
    /// </summary>
    public Task AddSealedAnswersAsync(string name, string what, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        AddAsync(name, what, BundleFileKind.SealedAnswers, write, isOnRecord: false, cancellationToken);

    /// <summary>Has the history of a thing put into the bundle, as each module keeps it. That of the consultation itself always is.</summary>
    /// <param name="what">For people, such as <c>The questionnaire</c>.</param>
    public void Concerns(Guid aggregate, string what) => archive.Chains.TryAdd(aggregate, what);

    internal Task CloseAsync(string title, CancellationToken cancellationToken) =>
        archive.AddAsync($"{folder}/index.html", title, BundleFileKind.Plain, isOnRecord: false, stream => Page.WriteAsync(stream, title, "../", cancellationToken), cancellationToken);

    private Task AddAsync(string name, string what, BundleFileKind kind, Func<Stream, Task> write, bool isOnRecord, CancellationToken cancellationToken) => SafeName().IsMatch(name)
        ? archive.AddAsync($"{folder}/{name}", what, kind, isOnRecord, write, cancellationToken)
        : throw new ArgumentException($"'{name}' is no name for a file of a bundle.", nameof(name));

    private static string Indented(object value) => JsonNode.Parse(CanonicalJson.Of(value))!.ToJsonString(BundleJson.Indented);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*(\\.[a-z0-9]+)+$", RegexOptions.NonBacktracking)]
    private static partial Regex SafeName();
}

internal static class BundleJson
{
    public static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault,
    };
}
