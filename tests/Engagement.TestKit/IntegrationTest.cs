using System.Net.Http.Json;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;
using Xunit;

namespace Engagement.TestKit;

/// <summary>A test of the whole application on a real PostgreSQL, in a database that belongs to this test while it runs.</summary>
public abstract class IntegrationTest : IAsyncLifetime
{
    private string connectionString = "";

    protected RunningApplication App { get; private set; } = null!;

    protected TestClock Clock { get; } = new();

    /// <summary>Configuration of the program for this test class, such as <c>Consultations:DrainWindow</c>.</summary>
    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    /// <summary>Services that this test class puts in place of the program's own.</summary>
    protected virtual void Replace(IServiceCollection services)
    {
    }

    /// <summary>The owner's connection string of this test's database.</summary>
    protected string ConnectionString => connectionString;

    public virtual async Task InitializeAsync()
    {
        connectionString = await (await TestServer.Instance).CreateDatabaseAsync();
        App = await RunningApplication.StartAsync(connectionString, Clock, Settings, Replace);
    }

    public virtual async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await (await TestServer.Instance).DropDatabaseAsync(connectionString);
    }

    protected Task<HttpClient> Client(params string[] scopes) => App.ClientAsync(scopes);

    /// <inheritdoc cref="RunningApplication.OfficerAsync"/>
    protected Task<HttpClient> Officer(params string[] roles) => App.OfficerAsync(roles);

    /// <inheritdoc cref="RunningApplication.OfficerPagesAsync"/>
    protected Task<Pages.PageClient> OfficerPages(params string[] roles) => App.OfficerPagesAsync(roles);

    protected Task<TResult> Send<TResult>(IRequest<TResult> request) => App.SendAsync(request);

    protected Task RunJob<TJob>()
        where TJob : class, IJob => App.RunJobAsync<TJob>();

    /// <summary>One value from the database, as the program's runtime role sees it.</summary>
    protected async Task<T> Scalar<T>(string sql, params object[] parameters)
    {
        await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return (T)Convert.ChangeType((await command.ExecuteScalarAsync())!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Changes the database as somebody whom no rule of it binds.</summary>
    protected async Task<int> AsAdministrator(string sql)
    {
        await using var connection = new NpgsqlConnection((await TestServer.Instance).AsAdministrator(connectionString) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}

public static class HttpAnswers
{
    /// <summary>The body as JSON.</summary>
    public static async Task<JsonElement> Json(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The stable code of a refusal: the last part of the problem's type.</summary>
    public static async Task<string> ProblemCode(this HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            throw new InvalidOperationException($"{(int)response.StatusCode} without a problem: {await response.Content.ReadAsStringAsync()}");
        }

        return (await response.Json()).GetProperty("type").GetString()!.Split(':')[^1];
    }

    /// <summary>The body of an answer that must have succeeded; the message of the failure holds the answer.</summary>
    public static async Task<JsonElement> Success(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} answered {(int)response.StatusCode}: {text}");
    }
}
