using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Platform.Web;

/// <summary>What a page is not asked for at all: by a method that it does not have, or from another site.</summary>
internal static class PageRequests
{
    /// <summary>A page without a handler for a method would be shown half made: it is refused with the methods that it has.</summary>
    public static Task OnlyByTheirMethods(HttpContext context, RequestDelegate next)
    {
        if (IsAnswerAlready(context) || context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not { } page)
        {
            return next(context);
        }

        string[] methods = [HttpMethods.Get, HttpMethods.Head, .. page.HandlerMethods.Select(h => h.HttpMethod.ToUpperInvariant()).Except([HttpMethods.Get, HttpMethods.Head], StringComparer.Ordinal)];
        if (methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = string.Join(", ", methods);
        return Task.CompletedTask;
    }

    /// <summary>A form proves where it comes from by its token; a browser that says that it comes from elsewhere is believed first.</summary>
    public static Task OnlyFromHere(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (IsAnswerAlready(context) || Addresses.IsForMachines(request.Path) || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsFromHere(request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>Whatever method was refused, the page that says so is asked for in a way that it knows.</summary>
    public static Task ProblemsByGetOrPost(HttpContext context, RequestDelegate next)
    {
        if (IsAnswerAlready(context) && !HttpMethods.IsPost(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }

    /// <summary>Whether the page that says what went wrong is asked for: it answers a request that was looked at and counted already.</summary>
    public static bool IsAnswerAlready(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerPathFeature>() is not null;

    private static bool IsFromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => true,

        // Older browsers name the origin alone, and a page that hides where it was names none.
        "" => !Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) || origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
