using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Engagement.Kernel;
using Engagement.Platform.Application;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace Engagement.Platform.Web;

public static class IdempotencyExtensions
{
    /// <summary>
    /// Answers a repeat of a request with the same <c>Idempotency-Key</c> as it was answered the first time, and does nothing
    /// again. Key, fingerprint and answer are stored in the transaction of the change itself.
    /// </summary>
    /// <typeparam name="TDb">The port of the module whose transaction it is.</typeparam>
    public static RouteHandlerBuilder Idempotent<TDb>(this RouteHandlerBuilder endpoint)
        where TDb : class, IModuleDb
    {
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            if (!context.HttpContext.Request.Headers.TryGetValue(IdempotencyKey.Header, out var header))
            {
                return await next(context);
            }

            var db = (ModuleDbContext)(object)context.HttpContext.RequestServices.GetRequiredService<TDb>();
            var call = new IdempotentCall(context.HttpContext, db, IdempotencyKey.Parse(header));

            // The key is part of the transaction: what is done again is done again with it.
            return await context.HttpContext.RequestServices.GetRequiredService<Repetition>().Run(
                context.HttpContext.GetEndpoint()?.DisplayName ?? context.HttpContext.Request.Method, () => call.Run(() => next(context)), context.HttpContext.RequestAborted);
        });
        return endpoint.WithMetadata(new TakesIdempotencyKey(Required: false));
    }
}

/// <summary>Metadata for the OpenAPI document.</summary>
public sealed record TakesIdempotencyKey(bool Required);

public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>16 to 255 visible ASCII characters; the quotation marks of a structured field are taken off.</summary>
    /// <exception cref="IdempotencyException">400.</exception>
    public static string Parse(StringValues header)
    {
        var key = header.Count == 1 ? header.ToString().Trim('"') : "";
        return key.Length is >= 16 and <= 255 && key.All(c => c is > ' ' and < (char)127)
            ? key
            : throw new IdempotencyException(400, "invalid-idempotency-key", "The key cannot be used", "Idempotency-Key must be given once: 16 to 255 visible ASCII characters, such as a new UUID.");
    }
}

/// <summary>The key of a repeated request does not fit: 400, 409 or 422.</summary>
public sealed class IdempotencyException(int status, string code, string title, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string Title { get; } = title;

    public static IdempotencyException Reused() => new(
        422, "idempotency-key-reused", "The key was used for something else",
        "This Idempotency-Key was used before for another request. Use a new key for a new request.");

    public static IdempotencyException InProgress() => new(
        409, "request-in-progress", "The same request is under way",
        "A request with this Idempotency-Key is still under way. Repeat it after the time in the Retry-After header to get its answer.");
}

internal sealed class IdempotentCall(HttpContext http, ModuleDbContext db, string key)
{
    private static readonly string[] KeptHeaders = ["Location", "ETag"];

    public async Task<object?> Run(Func<ValueTask<object?>> next)
    {
        var cancellationToken = http.RequestAborted;
        var scope = $"{http.RequestServices.GetRequiredService<ICurrentActor>().Actor} {http.Request.Method} {http.Request.Path}";
        var fingerprint = await Fingerprint(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            // A repeat that comes while the first is under way waits here for its commit.
            var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            var inserted = await db.Database.ExecuteSqlAsync(
                $"insert into platform.idempotency (scope, key, fingerprint, created_at) values ({scope}, {key}, {fingerprint}, {now}) on conflict do nothing",
                cancellationToken);
            if (inserted == 0)
            {
                return await Replay(scope, fingerprint, cancellationToken);
            }
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw IdempotencyException.InProgress();
        }

        var answer = await Capture(await next(), cancellationToken);
        if (answer.Status >= 400)
        {
            // A refusal is not an effect: the transaction rolls back and the key stays free.
            return answer;
        }

        var headers = JsonSerializer.Serialize(answer.Headers);
        await db.Database.ExecuteSqlAsync(
            $"update platform.idempotency set status = {answer.Status}, headers = {headers}::jsonb, body = {answer.Body} where scope = {scope} and key = {key}",
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return answer;
    }

    private async Task<StoredAnswer> Replay(string scope, byte[] fingerprint, CancellationToken cancellationToken)
    {
        var stored = await db.Database.SqlQuery<StoredRow>(
            $"""select fingerprint as "Fingerprint", status as "Status", headers::text as "Headers", body as "Body" from platform.idempotency where scope = {scope} and key = {key}""").SingleAsync(cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(stored.Fingerprint, fingerprint))
        {
            throw IdempotencyException.Reused();
        }

        http.Response.Headers["Idempotency-Replayed"] = "true";
        return new StoredAnswer(stored.Status!.Value, JsonSerializer.Deserialize<Dictionary<string, string>>(stored.Headers!)!, stored.Body!);
    }

    private async Task<byte[]> Fingerprint(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n"));
        http.Request.Body.Position = 0;
        var buffer = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        http.Request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    /// <summary>Writes the answer into memory, so that it can be stored before the caller sees it.</summary>
    private async Task<StoredAnswer> Capture(object? result, CancellationToken cancellationToken)
    {
        var real = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            switch (result)
            {
                case IResult r:
                    await r.ExecuteAsync(http);
                    break;
                case not null:
                    await http.Response.WriteAsJsonAsync(result, result.GetType(), cancellationToken);
                    break;
                default:
                    break;
            }
        }
        finally
        {
            http.Response.Body = real;
        }

        var headers = KeptHeaders.Where(h => http.Response.Headers.ContainsKey(h)).ToDictionary(h => h, h => http.Response.Headers[h].ToString(), StringComparer.Ordinal);
        if (http.Response.ContentType is { } type)
        {
            headers["Content-Type"] = type;
        }

        return new StoredAnswer(http.Response.StatusCode, headers, buffer.ToArray());
    }

    private sealed record StoredRow(byte[] Fingerprint, int? Status, string? Headers, byte[]? Body);

    internal sealed record StoredAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            foreach (var (name, value) in Headers)
            {
                httpContext.Response.Headers[name] = value;
            }

            if (Body.Length > 0)
            {
                httpContext.Response.ContentLength = Body.Length;
                await httpContext.Response.Body.WriteAsync(Body, httpContext.RequestAborted);
            }
        }
    }
}
