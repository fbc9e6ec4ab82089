using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Engagement.Host;
using Engagement.IntegrationTests.Host;
using Engagement.Platform.Jobs;
using Engagement.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace Engagement.IntegrationTests.MainJob;

/// <summary>The program as an operator runs it, web and worker in one, with its scheduler, its relay and a key file of its own.</summary>
internal sealed class WalkedProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly WebApplication app;
    private readonly string connectionString;
    private readonly string directory;
    private readonly LogCapture log;

    private WalkedProgram(WebApplication app, string connectionString, string directory, SkippingClock clock, LogCapture log)
    {
        this.app = app;
        this.connectionString = connectionString;
        this.directory = directory;
        Clock = clock;
        this.log = log;
    }

    public SkippingClock Clock { get; }

    public Uri Address => new(app.Urls.First());

    private string KeyFile => Path.Combine(directory, "master.key");

    public static async Task<WalkedProgram> StartAsync(TimeSpan drainWindow)
    {
        var database = await (await TestServer.Instance).CreateDatabaseAsync();
        var files = Directory.CreateTempSubdirectory("engagement-walk-").FullName;
        var clock = new SkippingClock();
        var said = new LogCapture();
        var built = EngagementApplication.Build(
            ProcessRole.All,
            builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["ConnectionStrings:Engagement"] = database,
                    ["Security:MasterKeyFile"] = Path.Combine(files, "master.key"),
                    ["Security:CreateMasterKey"] = "true",
                    ["Mail:Directory"] = Path.Combine(files, "mail"),
                    ["Consultations:DrainWindow"] = drainWindow.ToString("c", CultureInfo.InvariantCulture),
                });
                builder.Logging.ClearProviders().AddProvider(said).SetMinimumLevel(LogLevel.Warning);
            },
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));

                // The scheduler goes by the same clock: after a skip it has missed its looks, and is to notice soon.
                services.PostConfigureAll<AdoJobStoreOptions>(o =>
                {
                    o.MisfireThreshold = TimeSpan.FromSeconds(5);
                    o.MisfireHandlerFrequency = TimeSpan.FromSeconds(1);
                });
            });
        await built.StartAsync();
        return new WalkedProgram(built, database, files, clock, said);
    }

    public Task<(int ExitCode, string Output, string Errors)> CommandLine(params string[] arguments) =>
        CommandLineTests.Run(KeyFile, [.. arguments, "--postgres", connectionString]);

    /// <summary>Anybody, without sign-in.</summary>
    public HttpClient Anyone() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A client of the API with a token, got as every client gets it.</summary>
    public async Task<HttpClient> SignIn((string Id, string Secret) client)
    {
        var http = Anyone();
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client.Id), new("client_secret", client.Secret)]);
        var token = await http.PostAsync("/api/v1/oauth/token", form).Success();
        token.GetProperty("expires_in").GetInt32().ShouldBeLessThanOrEqualTo(900);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return http;
    }

    /// <summary>The text of every message that went out, one a file.</summary>
    public IReadOnlyList<string> Mail() =>
        Directory.Exists(Path.Combine(directory, "mail")) ? [.. Directory.GetFiles(Path.Combine(directory, "mail"), "*.eml").Select(ReadMail)] : [];

    /// <summary>Runs one job now that the scheduler runs too rarely to wait for.</summary>
    public async Task RunJob(string name)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var type = app.Services.GetServices<JobRegistration>().Single(j => j.Name == name).JobType;
        await ((IJob)scope.ServiceProvider.GetRequiredService(type)).Execute(null!);
    }

    public async Task<T> Value<T>(string sql, params object[] parameters)
    {
        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return (T)Convert.ChangeType((await command.ExecuteScalarAsync())!, typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>Changes the database as somebody whom no rule of it binds.</summary>
    public async Task<int> AsAdministrator(string sql)
    {
        await using var connection = new NpgsqlConnection((await TestServer.Instance).AsAdministrator(connectionString) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits for what the worker does by itself.</summary>
    public async Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> isSo, string what)
    {
        var waited = Stopwatch.StartNew();
        for (var value = await read(); ; value = await read())
        {
            if (isSo(value))
            {
                return value;
            }

            waited.Elapsed.ShouldBeLessThan(Patience, $"{what}; it is {value}. The program said: {string.Join(Environment.NewLine, log.Lines.TakeLast(5))}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(directory, recursive: true);
        await (await TestServer.Instance).DropDatabaseAsync(connectionString);
    }

    /// <summary>Headers, an empty line, then the text in base 64 or quoted-printable.</summary>
    private static string ReadMail(string file)
    {
        using var message = MimeKit.MimeMessage.Load(file);
        return $"{string.Join('\n', message.Headers.Select(h => $"{h.Field}: {h.Value}"))}\n\n{message.TextBody}";
    }
}

/// <summary>Requests as the steps of the walk make them.</summary>
internal static class WalkRequests
{
    public static async Task<HttpResponseMessage> Sends(
        this HttpClient http, HttpMethod method, string address, object? body = null, int? ifMatch = null, string? mediaType = null, string? secret = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, mediaType is null ? null : new MediaTypeHeaderValue(mediaType));
        }

        if (ifMatch is { } version)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")));
        }

        if (secret is not null)
        {
            request.Headers.Add("Receipt-Secret", secret);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await http.SendAsync(request);
    }

    public static Task<JsonElement> Post(this HttpClient http, string address, object? body = null, int? ifMatch = null) =>
        http.Sends(HttpMethod.Post, address, body ?? new { }, ifMatch).Success();

    public static Task<JsonElement> Put(this HttpClient http, string address, object body, int? ifMatch = null) =>
        http.Sends(HttpMethod.Put, address, body, ifMatch).Success();

    public static Task<JsonElement> Get(this HttpClient http, string address) => http.Sends(HttpMethod.Get, address).Success();

    public static int Version(this HttpResponseMessage response) =>
        int.Parse(response.Headers.ETag!.Tag.Trim('"'), CultureInfo.InvariantCulture);

    /// <summary>The ETag of what stands at an address.</summary>
    public static async Task<int> VersionOf(this HttpClient http, string address)
    {
        using var response = await http.GetAsync(address);
        response.IsSuccessStatusCode.ShouldBeTrue(address);
        return response.Version();
    }

    /// <summary>A refusal with this code; what else the problem says is returned.</summary>
    public static async Task<JsonElement> Refused(this Task<HttpResponseMessage> sending, int status, string code)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        (await response.ProblemCode()).ShouldBe(code, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static int Number(this JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
