using Engagement.Host.Demo;
using Engagement.Kernel;
using Engagement.Platform.EmbeddedPostgres;
using FluentValidation;

namespace Engagement.Host.Commands;

/// <summary>The program's command line: <c>engagement COMMAND [options]</c>.</summary>
internal static class CommandLine
{
    private static readonly IReadOnlyList<Command> Commands =
    [
        RunCommand.Definition,
        MigrateCommand.Definition,
        DemoLoadCommand.Definition,
        TimetableCommand.Definition,
        ClientCreateCommand.Definition,
        OfficerCreateCommand.Definition,
        BundleCommand.Definition,
        AuditVerifyCommand.Definition,
        BackupCommand.Backup,
        BackupCommand.Restore,
        ErasuresCommand.Write,
        ErasuresCommand.Repeat,
    ];

    private const string Ownership = " Connect as an ordinary role that owns its database and may create roles (ConnectionStrings__Engagement or --postgres).";

    /// <returns>The exit code: 0 done, 1 refused or failed, 2 not understood.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length == 0 || arguments is ["--help" or "-h" or "help"])
        {
            await Console.Out.WriteLineAsync(Help());
            return arguments.Length == 0 ? 2 : 0;
        }

        var command = Commands.FirstOrDefault(c => arguments.Take(c.Words.Length).SequenceEqual(c.Words, StringComparer.Ordinal));
        if (command is null)
        {
            await Console.Error.WriteLineAsync($"There is no command '{string.Join(' ', arguments.TakeWhile(a => a[0] != '-'))}'. 'engagement --help' lists them.");
            return 2;
        }

        try
        {
            var rest = arguments[command.Words.Length..];
            if (rest.Contains("--help", StringComparer.Ordinal))
            {
                await Console.Out.WriteLineAsync(command.Help());
                return 0;
            }

            return await command.Run(Options.Parse(rest, command.Options));
        }
        catch (UsageException error)
        {
            await Console.Error.WriteLineAsync($"{error.Message} 'engagement {string.Join(' ', command.Words)} --help' lists the options.");
            return 2;
        }
        catch (ValidationException error)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, error.Errors.Select(e => $"{e.PropertyName}: {e.ErrorMessage}")));
            return 1;
        }
        catch (Npgsql.PostgresException error)
        {
            await Console.Error.WriteLineAsync($"The database refused it: {error.MessageText}.{(error.SqlState == Npgsql.PostgresErrorCodes.InsufficientPrivilege ? Ownership : "")}");
            return 1;
        }
        catch (Exception error) when (error is RuleBrokenException or NotFoundException or EmbeddedPostgresException or DemoLoadException or Platform.Persistence.BackupException or InvalidOperationException or IOException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static string Help() =>
        $"""
        engagement: plan engagement, keep every statutory timetable, take responses, close the loop.

        {string.Join(Environment.NewLine, Commands.Select(c => $"  {"engagement " + string.Join(' ', c.Words),-28}{c.Summary}"))}

        'engagement COMMAND --help' lists the options of a command.
        The database is the one of --postgres or of ConnectionStrings__Engagement; with neither, the embedded server in --data.
        """;
}
