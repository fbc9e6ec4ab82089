using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Platform.Web;

/// <summary>How every refusal looks: RFC 9457 problem details with a stable type, a plain sentence and a correlation id.</summary>
public static class ProblemTypes
{
    /// <summary>The type's address is an identifier, not a page; its last segment is the stable code.</summary>
    public const string Prefix = "urn:engagement:problem:";

    public static ProblemDetails Of(HttpContext context, int status, string code, string title, string detail)
    {
        var problem = new ProblemDetails { Status = status, Type = Prefix + code, Title = title, Detail = detail };
        AddCorrelation(context, problem);
        return problem;
    }

    internal static void AddCorrelation(HttpContext context, ProblemDetails problem) =>
        problem.Extensions["traceId"] = CorrelationOf(context);

    public static string CorrelationOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private const string DoneOnce =
        "with the same Idempotency-Key it is done once only, and you get the answer of the first time. Where it had no key, read first whether it was done.";

    /// <summary>The code and the sentence for a status that nothing more is known about.</summary>
    /// <param name="isUndone">False where part of the request may be stored although it failed (<see cref="Undone"/>).</param>
    internal static (string Code, string Title, string Detail) OfStatus(int status, bool isUndone = true) => status switch
    {
        400 => ("bad-request", "The request cannot be understood", "The request cannot be understood. Compare it with the description at /docs."),
        401 => ("unauthenticated", "Sign in first", "This needs an access token. Get one from POST /api/v1/oauth/token and send it as 'Authorization: Bearer …'."),
        403 => ("forbidden", "Not allowed", "Your client may not do this. Ask an administrator for the right."),
        404 => ("not-found", "Not found", "There is nothing at this address, or you may not know of it. Check the address."),
        405 => ("method-not-allowed", "Method not allowed", "This address does not take this method. The Allow header lists those it takes."),
        406 => ("not-acceptable", "Not acceptable", "The answer cannot be given in a form that the Accept header allows."),
        408 => ("request-timeout", "Too slow", "The request took too long to arrive. Send it again."),
        413 => ("content-too-large", "Too large", "The body is larger than this address takes. Send a smaller one."),
        415 => ("unsupported-media-type", "Unsupported media type", "This address does not take a body of this type. Send application/json in UTF-8, or what /docs says."),
        429 => ("quota-exceeded", "Too many requests", "Too many requests have come from here. Wait for the time in the Retry-After header, then go on."),
        503 when !isUndone => (
            "temporary-reduced-capacity", "Try again shortly",
            $"The service cannot answer just now, and whether your request was done is not known, because it was under way when the fault came. Send it again after the time in the Retry-After header: {DoneOnce}"),
        503 => ("temporary-reduced-capacity", "Try again shortly", "The service cannot answer just now and nothing was changed. Try again after the time in the Retry-After header."),
        _ when !isUndone => (
            "internal-error", "Something went wrong",
            $"Something went wrong on our side, and whether your request was done is not known, because it was under way when the fault came. Send it again: {DoneOnce} If it happens again, tell us the trace id."),
        _ => ("internal-error", "Something went wrong", "Something went wrong on our side and nothing was changed. Try again; if it happens again, tell us the trace id."),
    };
}
