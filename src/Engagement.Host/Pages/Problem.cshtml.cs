using System.Globalization;
using Engagement.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Engagement.Host.Pages;

/// <summary>Answers in place of a page that could not be shown: what happened, what became of what was sent, what to do next.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ProblemModel : PageModel
{
    /// <summary>Bytes of a form that is offered again; every page of the public's fits in.</summary>
    private const long MostToKeep = 64 * 1024;

    private const string NotKnown = "We do not know whether what you sent was saved, because we were saving it when the fault came.";

    public string Heading { get; private set; } = "";

    public IReadOnlyList<string> Paragraphs { get; private set; } = [];

    public bool IsForOfficers { get; private set; }

    /// <summary>Finds the request in the logs; null where there is nothing to find.</summary>
    public string? Trace { get; private set; }

    /// <summary>Where the form was sent that failed or was not taken, so that it can be sent again as it was; null where there is none.</summary>
    public string? SendAgainTo { get; private set; }

    /// <summary>The fields of that form.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Sent { get; private set; } = [];

    public IActionResult OnGet(int? status) => Show(status);

    public async Task<IActionResult> OnPostAsync(int? status, CancellationToken cancellationToken)
    {
        var page = Show(status);
        if (Response.StatusCode is StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError)
        {
            await Keep(cancellationToken);
        }

        return page;
    }

    /// <summary>What somebody typed is not lost with the refusal: the page offers to send it again. A file or a password is never sent back.</summary>
    private async Task Keep(CancellationToken cancellationToken)
    {
        var original = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var path = original?.OriginalPath ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (path is null || !Request.HasFormContentType || Request.ContentLength is null or > MostToKeep)
        {
            return;
        }

        var form = await Request.ReadFormAsync(cancellationToken);
        if (form.Files.Count == 0 && !form.Keys.Any(k => k.Contains("password", StringComparison.OrdinalIgnoreCase)))
        {
            SendAgainTo = path + (original?.OriginalQueryString ?? Request.QueryString.Value);
            Sent = [.. form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))];
        }
    }

    private PageResult Show(int? status)
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var original = failed?.Path ?? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath;

        // Asked for by its address, it is a page that is not there.
        var shown = failed is not null ? ExceptionToProblem.ProblemOf(HttpContext, failed.Error).Status!.Value
            : original is not null ? status ?? StatusCodes.Status404NotFound
            : StatusCodes.Status404NotFound;
        Response.StatusCode = shown;
        IsForOfficers = new PathString(original).StartsWithSegments("/admin", StringComparison.Ordinal);
        (Heading, Paragraphs) = TextOf(shown, failed?.Error);
        Trace = shown >= 500 ? ProblemTypes.CorrelationOf(HttpContext) : null;
        return Page();
    }

    /// <param name="error">Null where it was refused before anything of it was begun.</param>
    private string[] WhatBecameOfIt(Exception? error) =>
        error is null || Undone.Is(HttpContext, error) ? ["Nothing was saved or changed this time. Try again in a few minutes."]
        : IsForOfficers ? [NotKnown, "Before you send it again, open the page in another tab and look whether your change is there."]
        : [NotKnown, "Send it again in a few minutes. That is safe: answers to a consultation are taken once only, and if we have them already you come to their receipt."];

    /// <summary>How long the answer says to wait, in words.</summary>
    private string UntilRetry() =>
        !int.TryParse(Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || (seconds is > 30 and <= 60) ? "a minute"
        : seconds <= 30 ? "half a minute"
        : string.Create(CultureInfo.InvariantCulture, $"{(seconds + 59) / 60} minutes");

    private (string Heading, string[] Paragraphs) TextOf(int status, Exception? error) => status switch
    {
        400 when Request.Method == HttpMethods.Post && error is null =>
            ("This page was open too long", ["Nothing was saved. Go back, load the page again and send it once more. Copy long texts first, so that you do not have to type them twice."]),
        400 when Request.Method == HttpMethods.Post =>
            ("We cannot read what you sent", ["It holds something that no text has, or more fields than the page. Nothing was saved. Go back, check it and send it once more."]),
        400 => ("We cannot read this address", ["Something in the address is not as this page expects it. Check it, or begin again from the first page."]),
        401 or 403 => ("You cannot see this page", [error?.Message ?? "It needs a right that your account does not have here. An administrator can give it to you: tell them which page you wanted to see."]),
        404 or 410 => ("Page not found", ["If you typed the address, check that it is correct. If you followed a link, the page may have moved or may not be public."]),
        408 => ("That took too long", ["What you sent did not arrive in time, so nothing was saved. Your connection may be slow. Go back and send it once more."]),
        409 or 412 => ("This could not be done", [error?.Message ?? "Somebody else changed this at the same moment, so nothing was done. Go back and load the page again."]),
        413 => ("That is too large", ["What you sent is larger than we can take. Send a smaller file, or a shorter text. Nothing was saved."]),
        429 => ("Wait a moment", [$"Too many requests have come from your connection in a short time, perhaps from other people who share it, so this one was not taken. Wait {UntilRetry()}, then try again. Nothing that you sent was saved."]),
        503 => ("The service is not available at the moment", ["We cannot answer just now.", .. WhatBecameOfIt(error)]),
        >= 500 => ("Sorry, there is a problem with the service", WhatBecameOfIt(error)),
        _ => (ReasonPhrases.GetReasonPhrase(status), ["Go back and try again."]),
    };
}
