using System.Text.Json;
using System.Text.Json.Nodes;
using Engagement.Access.Application.Officers;
using Engagement.Host.Demo;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Engagement.TestKit.Demo;
using Engagement.TestKit.Pages;
using Npgsql;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>
/// The demonstration with a mark of script in every text of its database, as if no form had ever refused anything, in a program that logs all it
/// can. What is text and not a code is found by its having a space in it.
/// </summary>
public sealed class AttackedCouncil : IntegrationTest
{
    public const string Name = "attacked council";

    /// <summary>Ends an attribute and a text, and would run.</summary>
    public const string Mark = "'\"><img src=x onerror=a()>";

    /// <summary>No text that a person has written: the program's own keys and what it has to send or to do.</summary>
    private static readonly string[] Left = ["platform.data_protection_key.xml", "platform.idempotency.headers", "platform.outbox.payload", "platform.work.file_type", "consultations.document.media_type", "consultations.proof.media_type"];

    private DemoLoader loader = null!;

    public RunningApplication Program => App;

    public PageClient OfficersPages { get; private set; } = null!;

    public PageClient ResidentsPages { get; private set; } = null!;

    /// <summary>The cause of what went wrong last, for the message of a test.</summary>
    public string LastError => Program.Log.Lines.LastOrDefault(l => l.StartsWith("Error", StringComparison.Ordinal)) is { } line ? line[..Math.Min(line.Length, 600)] : "";

    /// <summary>The columns that were marked.</summary>
    public IReadOnlyList<string> Marked { get; private set; } = [];

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace",
        ["Logging:LogLevel:Microsoft.Extensions"] = "Trace",
        ["Logging:LogLevel:Microsoft.IdentityModel"] = "Trace",
        ["Logging:LogLevel:Npgsql.Command"] = "Trace",
        ["Logging:LogLevel:Npgsql.Connection"] = "Trace",
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        loader = new DemoLoader(App, ConnectionString);
        (await loader.LoadAsync()).State.ShouldBe(DemoState.Loaded);
        var administrator = await App.SendAsync(new CreateOfficer("attacked@example.org", "Administrator of all", ["administrator"], MustChangePassword: false));
        await App.SendAsync(new VerifyHistory(), new Actor(ActorKind.Officer, administrator.Id.ToString()), Scopes.All);
        Marked = await MarkTexts();
        OfficersPages = await App.PagesOfAsync(administrator.Id);
        ResidentsPages = new PageClient(App.Address);
    }

    public override async Task DisposeAsync()
    {
        OfficersPages.Dispose();
        ResidentsPages.Dispose();
        loader.RemoveFiles();
        await base.DisposeAsync();
    }

    public Task<T> Value<T>(string sql, params object[] parameters) => Scalar<T>(sql, parameters);

    /// <summary>Brings about, as somebody whom no rule binds, what does not happen by itself.</summary>
    public Task<int> Change(string sql) => AsAdministrator(sql);

    private async Task<IReadOnlyList<string>> MarkTexts()
    {
        await using var source = NpgsqlDataSource.Create((await TestServer.Instance).AsAdministrator(ConnectionString));
        await using var connection = await source.OpenConnectionAsync();
        await Execute(connection, "set session_replication_role = replica");
        var marked = new List<string>();
        foreach (var (table, column, type, length) in await Columns(connection))
        {
            if (await MarkColumn(connection, table, column, type, length))
            {
                marked.Add($"{table}.{column}");
            }
        }

        return marked;
    }

    private static async Task<List<(string Table, string Column, string Type, int? Length)>> Columns(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            select c.table_schema || '.' || c.table_name, c.column_name, format_type(a.atttypid, null), c.character_maximum_length
              from information_schema.columns c
              join information_schema.tables t using (table_schema, table_name)
              join pg_attribute a on a.attrelid = format('%I.%I', c.table_schema, c.table_name)::regclass and a.attname = c.column_name
             where t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
               and c.table_schema in ('platform', 'access', 'engagements', 'consultations', 'participation', 'closing_the_loop')
               and format_type(a.atttypid, null) in ('text', 'character varying', 'text[]', 'jsonb')
            """,
            connection);
        var columns = new List<(string, string, string, int?)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3) ? null : reader.GetInt32(3)));
        }

        return columns.Where(c => !Left.Contains($"{c.Item1}.{c.Item2}", StringComparer.Ordinal)).ToList();
    }

    private static async Task<bool> MarkColumn(NpgsqlConnection connection, string table, string column, string type, int? length)
    {
        var rows = new List<string>();
        var values = new List<string>();
        await using (var read = new NpgsqlCommand($"select ctid::text, {(type == "text[]" ? $"to_jsonb({column})" : $"\"{column}\"")}::text from {table} where \"{column}\" is not null", connection))
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var old = reader.GetString(1);
                if (MarkedText(old, length) is var fresh && fresh != old)
                {
                    rows.Add(reader.GetString(0));
                    values.Add(fresh);
                }
            }
        }

        if (rows.Count == 0)
        {
            return false;
        }

        var value = type switch { "jsonb" => "v.value::jsonb", "text[]" => "array(select jsonb_array_elements_text(v.value::jsonb))", _ => "v.value" };
        await using var write = new NpgsqlCommand($"update {table} t set \"{column}\" = {value} from unnest($1::text[], $2::text[]) v (row, value) where t.ctid = v.row::tid", connection);
        write.Parameters.Add(new() { Value = rows.ToArray() });
        write.Parameters.Add(new() { Value = values.ToArray() });
        await write.ExecuteNonQueryAsync();
        return true;
    }

    /// <summary>The text with the mark, or the same where it is a code; of a JSON document, each of its texts.</summary>
    private static string MarkedText(string text, int? length)
    {
        if (text.Length > 0 && text[0] is '{' or '[')
        {
            var document = JsonNode.Parse(text)!;
            MarkNode(document);
            return document.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }

        return !text.Contains(' ', StringComparison.Ordinal) || length < Mark.Length ? text
            : text.Length + Mark.Length > length ? text[..(length.Value - Mark.Length)] + Mark
            : text + Mark;
    }

    private static void MarkNode(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members.ToList())
                {
                    if (member is JsonValue value && value.TryGetValue<string>(out var text))
                    {
                        members[name] = MarkedText(text, length: null);
                    }
                    else if (member is not null)
                    {
                        MarkNode(member);
                    }
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is JsonValue value && value.TryGetValue<string>(out var text))
                    {
                        items[i] = MarkedText(text, length: null);
                    }
                    else if (items[i] is { } item)
                    {
                        MarkNode(item);
                    }
                }

                break;
            default:
                break;
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

[CollectionDefinition(AttackedCouncil.Name)]
public sealed class AttackedCouncilTests : ICollectionFixture<AttackedCouncil>;
