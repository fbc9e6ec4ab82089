using System.Text.Json;
using System.Text.Json.Serialization;
using Engagement.Participation.Application.Erasing;
using Engagement.Participation.Domain;
using Engagement.Platform.Persistence;
using MediatR;

namespace Engagement.Host.Commands;

/// <summary>The list of what people took back, as a file outside the database: the one thing that an older backup cannot know.</summary>
internal static class ErasuresCommand
{
    private static readonly Option FileOption = new("--file", "FILE", "the list");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public static readonly Command Write = new(
        ["erasures", "write"],
        "write the list of what people took back, ids and times alone, to a file that is kept beside the backups",
        [FileOption, Database.PostgresOption, Database.DataOption],
        options =>
        {
            var target = Path.GetFullPath(options.Required(FileOption.Name));
            return OneOff.RunAsync(options, async (services, cancellationToken) =>
            {
                await services.GetRequiredService<Migrator>().RequireUpToDate(cancellationToken);
                var erasures = await services.GetRequiredService<IMediator>().Send(new ListErasures(), cancellationToken);
                await WholeFile.WriteAsync(target, async file =>
                {
                    await JsonSerializer.SerializeAsync(file, erasures, Json, cancellationToken);
                    return erasures.Count;
                });
                await Console.Out.WriteLineAsync($"{erasures.Count} things that people took back are listed in {target}.");
                return 0;
            });
        });

    public static readonly Command Repeat = new(
        ["erasures", "repeat"],
        "take back once more what the list knows of and a restored database does not",
        [FileOption, Database.PostgresOption, Database.DataOption],
        options =>
        {
            var source = options.Required(FileOption.Name);
            return OneOff.RunAsync(options, async (services, cancellationToken) =>
            {
                await services.GetRequiredService<Migrator>().RequireUpToDate(cancellationToken);
                await Console.Out.WriteLineAsync(await RepeatAsync(services, await ReadAsync(source, cancellationToken), cancellationToken));
                return 0;
            });
        });

    /// <exception cref="BackupException">The file is none that this command wrote.</exception>
    internal static async Task<IReadOnlyList<Erasure>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        try
        {
            return await JsonSerializer.DeserializeAsync<IReadOnlyList<Erasure>>(file, Json, cancellationToken) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new BackupException($"{path} is no list of what people took back, or not a whole one, so nothing was done: 'engagement erasures write' writes it.");
        }
    }

    /// <returns>What was done, for the operator.</returns>
    internal static async Task<string> RepeatAsync(IServiceProvider services, IReadOnlyList<Erasure> erasures, CancellationToken cancellationToken)
    {
        var repeated = await services.GetRequiredService<IMediator>().Send(new RepeatErasures(erasures), cancellationToken);
        return $"Of {erasures.Count} things that people took back {repeated.Unknown} were not known here: {repeated.Removed} were there again and have been taken back again."
            + (repeated.Sealed == 0 ? "" : $" {repeated.Sealed} responses stay: the program has run meanwhile, and their set is sealed with them in it.");
    }
}
