using Engagement.Platform.EmbeddedPostgres;
using Engagement.Platform.Notifications;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;

namespace Engagement.Host.Commands;

/// <summary>
/// The database a command works on: the one of <c>--postgres</c>, the configured one, or the embedded server with its files in
/// the data directory. Leaving it stops the embedded server when nobody else uses it.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    public static readonly Option PostgresOption = new("--postgres", "\"CONNECTION STRING\"", "the PostgreSQL server to use instead of the embedded one");
    public static readonly Option DataOption = new("--data", "DIRECTORY", "where the embedded server, the master key and messages sent as files lie");

    private readonly EmbeddedPostgresServer? embedded;
    private readonly string? connectionString;

    private Database(string dataDirectory, string? connectionString, EmbeddedPostgresServer? embedded)
    {
        DataDirectory = dataDirectory;
        this.connectionString = connectionString;
        this.embedded = embedded;
    }

    public bool IsEmbedded => embedded is not null;

    /// <summary>Where the embedded server, the master key, messages sent as files and the demonstration's accounts lie.</summary>
    public string DataDirectory { get; }

    public static async Task<Database> OpenAsync(Options options, CancellationToken cancellationToken)
    {
        var data = Path.GetFullPath(options["--data"] ?? DefaultDataDirectory.Path);
        var configured = Environment.GetEnvironmentVariable($"ConnectionStrings__{PersistenceRegistration.ConnectionStringName}");
        if ((options["--postgres"] ?? configured) is { Length: > 0 } external)
        {
            return new Database(data, external, null);
        }

        var progress = new StandardError();
        var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = Path.Combine(data, "postgres") }, progress, cancellationToken);
        return new Database(data, server.ConnectionString, server);
    }

    /// <summary>Tells the program's configuration where everything lies; what the operator has set stays.</summary>
    public void Configure(IConfigurationManager configuration)
    {
        configuration[$"ConnectionStrings:{PersistenceRegistration.ConnectionStringName}"] = connectionString;
        if (string.IsNullOrEmpty(configuration[$"{MailOptions.Section}:{nameof(MailOptions.Directory)}"]))
        {
            configuration[$"{MailOptions.Section}:{nameof(MailOptions.Directory)}"] = Path.Combine(DataDirectory, "mail");
        }

        if (string.IsNullOrEmpty(configuration[$"{SecurityOptions.Section}:{nameof(SecurityOptions.MasterKeyFile)}"]))
        {
            configuration[$"{SecurityOptions.Section}:{nameof(SecurityOptions.MasterKeyFile)}"] = Path.Combine(DataDirectory, "keys", "master.key");
            if (IsEmbedded)
            {
                configuration[$"{SecurityOptions.Section}:{nameof(SecurityOptions.CreateMasterKey)}"] = "true";
            }
        }
    }

    public ValueTask DisposeAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}

internal static class UpToDate
{
    /// <exception cref="InvalidOperationException">It is older than this program, or newer; says what to run.</exception>
    public static async Task RequireUpToDate(this Migrator migrator, CancellationToken cancellationToken)
    {
        if ((await migrator.CompareAsync(cancellationToken)).Concern is { } concern)
        {
            throw new InvalidOperationException(concern);
        }
    }
}

/// <summary>Standard output belongs to what a command answers.</summary>
internal sealed class StandardError : IProgress<string>
{
    public void Report(string value) => Console.Error.WriteLine(value);
}
