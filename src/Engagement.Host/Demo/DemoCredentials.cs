using System.Globalization;
using System.Text;
using Engagement.Access.Application.Clients;
using Engagement.Access.Application.Officers;
using Engagement.Access.Contracts;

namespace Engagement.Host.Demo;

/// <summary>
/// The secrets of the demonstration's accounts. The database keeps their hashes only, so they stand in a file of the data
/// directory that nobody but its owner can read, and are shown at each start.
/// </summary>
internal static class DemoCredentials
{
    private const string FileName = "demo-credentials.txt";
    private const string FirstLine = "Demonstration ";

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, FileName);

    public static async Task WriteAsync(string dataDirectory, DemoLoad load, DemoAccounts accounts, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(dataDirectory);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written beside it and moved, so that nobody ever sees half of it or another mode.
        var path = PathIn(dataDirectory);
        await using (var file = new StreamWriter(path + ".new", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options))
        {
            await file.WriteAsync(Text(load, accounts).AsMemory(), cancellationToken);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The file's lines; null where it is missing or belongs to another load.</summary>
    public static async Task<IReadOnlyList<string>?> ReadAsync(string dataDirectory, DemoLoad load, CancellationToken cancellationToken)
    {
        var path = PathIn(dataDirectory);
        if (!File.Exists(path))
        {
            return null;
        }

        var lines = await File.ReadAllLinesAsync(path, cancellationToken);
        return lines is [var first, .. var rest] && first == $"{FirstLine}{load.Id}" ? rest : null;
    }

    private static string Text(DemoLoad load, DemoAccounts accounts) => string.Create(CultureInfo.InvariantCulture, $"""
        {FirstLine}{load.Id}
        API client that writes:    client_id={accounts.AuthorClient.Id} client_secret={accounts.AuthorClient.Secret}
        API client that approves:  client_id={accounts.ApproverClient.Id} client_secret={accounts.ApproverClient.Secret}
        Officer who writes:        {DemoAccounts.AuthorEmail} {accounts.Author.Password}
        Officer who approves:      {DemoAccounts.ApproverEmail} {accounts.Approver.Password}
        Administrator:             {DemoAccounts.AdministratorEmail} {accounts.Administrator.Password}

        """);
}

/// <summary>Two clients of the API and two officers, each pair with the rights to write and the rights to approve, and an administrator.</summary>
/// <param name="Team">Of the officer who writes.</param>
internal sealed record DemoAccounts(
    TeamId Team, CreatedApiClient AuthorClient, CreatedApiClient ApproverClient, CreatedOfficer Author, CreatedOfficer Approver, CreatedOfficer Administrator)
{
    public const string AuthorEmail = "author@example.org";
    public const string ApproverEmail = "approver@example.org";
    public const string AdministratorEmail = "administrator@example.org";
}
