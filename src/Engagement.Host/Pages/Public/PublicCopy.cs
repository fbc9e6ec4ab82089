using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Engagement.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public;

/// <summary>Lets browsers and caches keep a copy of a page that is the same for everybody, never beyond the next instant at which it would be wrong.</summary>
internal static class PublicCopy
{
    private static readonly string Build = typeof(PublicCopy).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <param name="shown">All that the page is made of.</param>
    /// <param name="today">The UK date: days are counted from it.</param>
    /// <returns>The page; or 304 where the caller has this very copy.</returns>
    public static IActionResult PageOrNotModified(this PageModel page, object shown, TimeSpan freshFor, DateOnly today)
    {
        var digest = SHA256.HashData([.. JsonSerializer.SerializeToUtf8Bytes(shown, shown.GetType()), .. Encoding.UTF8.GetBytes($"{Build}{today:O}{page.Request.QueryString}")]);
        return page.HttpContext.MayBeKept(freshFor, $"W/\"{Convert.ToHexStringLower(digest.AsSpan(0, 16))}\"") ? new StatusCodeResult(StatusCodes.Status304NotModified) : new PageResult();
    }

    /// <summary>Whole seconds, rounded down: no copy says open once it has closed.</summary>
    /// <returns>True where the caller has this very copy.</returns>
    public static bool MayBeKept(this HttpContext http, TimeSpan freshFor, string tag)
    {
        http.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={(int)freshFor.TotalSeconds}, must-revalidate");
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch.Any(t => t?.Split(',', StringSplitOptions.TrimEntries).Contains(tag, StringComparer.Ordinal) == true);
    }

    public static DateOnly Today(this TimeProvider clock) => UkTime.DateOf(clock.GetUtcNow());
}
