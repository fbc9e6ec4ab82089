namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>Where the embedded PostgreSQL server lives and how careful it is.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// A directory that belongs to the server alone; made when missing. As root every parent must be open to
    /// <see cref="UnprivilegedUser"/>. Never shared between containers: PostgreSQL cannot see a server in another one.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// The package's <c>native</c> directory (with <c>bin</c>, <c>lib</c> and <c>share</c>). Null: the environment variable
    /// <c>ENGAGEMENT_POSTGRES_BINARIES</c>, else the npm package under <c>build/node_modules</c> of the checkout this program was built in.
    /// </summary>
    public string? NativeDirectory { get; init; }

    /// <summary>The account that the server runs as when this program is root, because PostgreSQL refuses root.</summary>
    public string UnprivilegedUser { get; init; } = "nobody";

    /// <summary>Where root puts a copy of the server's programs when <see cref="UnprivilegedUser"/> cannot enter the checkout.</summary>
    public string BinariesCopyDirectory { get; init; } = "/var/lib/engagement/binaries";

    /// <summary>For tests only: nothing is flushed to disk, so a crash of the machine loses the database.</summary>
    public bool FastAndUnsafe { get; init; }

    /// <summary>Server settings beside those that this program makes, for example <c>shared_buffers</c>; they win over its own.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
