namespace Engagement.Platform.Bundles;

/// <summary>What a file is to the verifier.</summary>
internal enum BundleFileKind
{
    /// <summary>A file whose sum is checked.</summary>
    Plain,

    /// <summary>A module's chains of history, a link a line.</summary>
    History,

    /// <summary>The answers of the sealed set, from which the seal can be worked out.</summary>
    SealedAnswers,
}

internal sealed record BundleFile(string Path, string What, BundleFileKind Kind, bool IsOnRecord, long Bytes, string Sha256);

/// <summary>The zip of a bundle, and what is said of each of its files.</summary>
internal sealed class BundleArchive : IAsyncDisposable
{
    private readonly SummedZip zip;
    private readonly Dictionary<string, BundleFile> files = new(StringComparer.Ordinal);

    private BundleArchive(SummedZip zip) => this.zip = zip;

    /// <summary>What the files are about, each with its name for people: their history belongs to the bundle.</summary>
    public Dictionary<Guid, string> Chains { get; } = [];

    /// <summary>What has been written, by path.</summary>
    public IReadOnlyList<BundleFile> Files => [.. files.Values.OrderBy(f => f.Path, StringComparer.Ordinal)];

    /// <param name="at">The time that every file carries, so that the same content makes the same bytes.</param>
    public static async Task<BundleArchive> BeginAsync(Stream to, DateTimeOffset at, CancellationToken cancellationToken) =>
        new(await SummedZip.BeginAsync(to, at, cancellationToken));

    public async Task<BundleFile> AddAsync(
        string path, string what, BundleFileKind kind, bool isOnRecord, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        if (files.ContainsKey(path))
        {
            throw new InvalidOperationException($"The bundle has a file {path} already.");
        }

        var summed = await zip.AddAsync(path, write, cancellationToken);
        var file = new BundleFile(path, what, kind, isOnRecord, summed.Bytes, summed.Sha256);
        files.Add(path, file);
        return file;
    }

    public Task CompleteAsync(CancellationToken cancellationToken) => zip.CompleteAsync(cancellationToken);

    public ValueTask DisposeAsync() => zip.DisposeAsync();
}
