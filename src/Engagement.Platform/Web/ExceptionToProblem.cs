using System.Text.Json;
using Engagement.Kernel;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Engagement.Platform.Web;

/// <summary>Turns every kind of no into its answer, once for the whole product. What it does not know is a 500 with no detail outside.</summary>
public sealed partial class ExceptionToProblem(IProblemDetailsService problems, ILogger<ExceptionToProblem> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = ProblemOf(httpContext, exception);
        if (problem.Status >= 500)
        {
            Failed(exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName ?? "no endpoint");
        }

        if (problem.Status == 503 || problem.Type?.EndsWith("-in-progress", StringComparison.Ordinal) == true)
        {
            httpContext.Response.Headers.RetryAfter = "2";
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        if (!Addresses.IsForMachines(httpContext.Request.Path))
        {
            // A page is answered by a page: the handler runs it again at the address of problems.
            return false;
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    /// <summary>What went wrong in words and as a status, for an answer to a machine and for a page alike.</summary>
    public static ProblemDetails ProblemOf(HttpContext context, Exception exception) => exception switch
    {
        ValidationException e => Invalid(context, e),
        RuleBrokenException e => Refused(context, e),
        ForbiddenException e => Forbidden(context, e),
        NotFoundException => Plain(context, 404, exception),
        PreconditionRequiredException => ProblemTypes.Of(context, 428, "precondition-required", "Say which version you read",
            "Send the ETag you read as If-Match, so that nobody's change is overwritten unseen."),
        StaleVersionException e => ProblemTypes.Of(context, 412, "stale-version", "Somebody else has changed this", e.Message),
        IdempotencyException e => ProblemTypes.Of(context, e.Status, e.Code, e.Title, e.Message),
        DbUpdateConcurrencyException => Stale(context),
        DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } => Stale(context),
        BadHttpRequestException e => BadRequest(context, e),
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } => ProblemTypes.Of(
            context, 400, "invalid-text", "A text cannot be kept", "One of the texts holds a character that is none, such as U+0000. Take it out and send it again."),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DiskFull
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => Plain(context, 503, exception),
        PostgresException => Plain(context, 500, exception),
        NpgsqlException or TimeoutException => Plain(context, 503, exception),
        DbUpdateException { InnerException: NpgsqlException inner } => ProblemOf(context, inner),

        // So Entity Framework wraps what it takes to be passing, around what it says of a save.
        InvalidOperationException { InnerException: NpgsqlException or DbUpdateException } => ProblemOf(context, exception.InnerException),
        _ => Plain(context, 500, exception),
    };

    private static ProblemDetails Plain(HttpContext context, int status, Exception exception)
    {
        var (code, title, detail) = ProblemTypes.OfStatus(status, status < 500 || Undone.Is(context, exception));
        return ProblemTypes.Of(context, status, code, title, detail);
    }

    private static ProblemDetails Stale(HttpContext context) => context.Request.Headers.IfMatch.Count > 0
        ? ProblemTypes.Of(context, 412, "stale-version", "Somebody else has changed this", new StaleVersionException(null, null).Message)
        : ProblemTypes.Of(context, 409, "changed-meanwhile", "Somebody else has changed this", "Somebody else changed this at the same moment, so nothing was done. Read it again and repeat your request.");

    private static ProblemDetails Invalid(HttpContext context, ValidationException e)
    {
        var problem = ProblemTypes.Of(context, 400, "validation-failed", "Some of it needs correcting", "Correct what is listed under errors and send it again.");
        problem.Extensions["errors"] = e.Errors
            .GroupBy(f => FieldName(f.PropertyName), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(f => f.ErrorMessage).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        return problem;
    }

    /// <summary>From <c>Plan.SuccessCriteria[0].Text</c> to <c>plan.successCriteria[0].text</c>.</summary>
    private static string FieldName(string property) => string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static ProblemDetails Refused(HttpContext context, RuleBrokenException e)
    {
        var problem = ProblemTypes.Of(context, 409, e.Code, "The rules do not allow this", e.Message);
        if (e.Breaches.Count > 0)
        {
            problem.Extensions["breaches"] = e.Breaches;
        }

        foreach (var (name, value) in e.Facts)
        {
            problem.Extensions[name] = value;
        }

        return problem;
    }

    private static ProblemDetails Forbidden(HttpContext context, ForbiddenException e)
    {
        if (e.Code == ForbiddenException.InsufficientScope)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
        }

        return ProblemTypes.Of(context, 403, e.Code, "Not allowed", e.Message);
    }

    private static ProblemDetails BadRequest(HttpContext context, BadHttpRequestException e)
    {
        if (e.StatusCode != 400)
        {
            return Plain(context, e.StatusCode, e);
        }

        if (e.InnerException is not JsonException json)
        {
            return e.InnerException is UnknownParameterException unknown
                ? ProblemTypes.Of(context, 400, "unknown-parameter", "Unknown parameter", unknown.Message)
                : Plain(context, 400, e);
        }

        // The parser's own words may repeat what was sent; the place in the document does not.
        var unknownMember = json.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal);
        var problem = unknownMember
            ? ProblemTypes.Of(context, 400, "unknown-member", "Unknown member", "The body has a member that this request does not take. Remove it; /docs lists those it takes.")
            : ProblemTypes.Of(context, 400, "invalid-json", "The body cannot be read", "The body is not the JSON that this request takes: check the place named under errors.");
        problem.Extensions["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [json.Path is { Length: > 2 } path ? path[2..] : "$"] = [unknownMember ? "This member is not known" : $"This cannot be read (line {json.LineNumber + 1 ?? 1}, byte {json.BytePositionInLine + 1 ?? 1})"],
        };
        return problem;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed.")]
    private partial void Failed(Exception error, string method, string endpoint);
}

/// <summary>A change came without <c>If-Match</c>.</summary>
public sealed class PreconditionRequiredException() : Exception("If-Match is missing.");

internal sealed class UnknownParameterException(string message) : Exception(message);
