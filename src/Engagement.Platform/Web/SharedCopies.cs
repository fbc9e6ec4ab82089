using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Engagement.Platform.Web;

public sealed class SharedCopiesOptions
{
    public const string Section = "SharedCopies";

    /// <summary>
    /// How long an answer that is the same for everybody is given again by this process as it is. Zero makes each one anew. However long it is, no
    /// copy outlives the <c>max-age</c> that its own page gave it, so none says "open" after the closing instant.
    /// </summary>
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>
/// A page that is the same for everybody is made once and given to all who ask within the same moment, so that a crowd at the deadline costs one
/// search a second. A page that sets a cookie, forbids copies or says anything but 200 is never kept.
/// </summary>
/// <remarks>
/// A copy goes out with its own Content-Security-Policy, whose nonce all its readers share. That weakens nothing: whatever was slipped into the page
/// was there before the nonce was drawn, and another address is another copy with another nonce.
/// </remarks>
/// <param name="ownCookie">Of a page that is the same for all who do not bring this cookie: whoever brings it neither gets a copy nor leaves one. Such a page is kept by no browser, and
/// says by <see cref="SharedCopyExtensions.IsSameForStrangers"/> that it is one. Null for a page that is the same for everybody.</param>
internal sealed class SharedCopies(IOptions<SharedCopiesOptions> options, string? ownCookie = null) : IOutputCachePolicy
{
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var possible = options.Value.KeptFor > TimeSpan.Zero && HttpMethods.IsGet(context.HttpContext.Request.Method)
            && (ownCookie is null || !context.HttpContext.Request.Cookies.ContainsKey(ownCookie));
        context.EnableOutputCaching = possible;
        context.AllowCacheLookup = possible;
        context.AllowCacheStorage = possible;
        context.AllowLocking = possible;
        context.CacheVaryByRules.QueryKeys = "*";
        if (possible)
        {
            // Headers that are set as the answer starts come too late for the copy, and the nonce must be the page's.
            context.HttpContext.Response.Headers.ContentSecurityPolicy = WebRegistration.PolicyOf(context.HttpContext);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        var mayBeKeptFor = response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0 ? TimeSpan.Zero
            : ownCookie is not null ? context.ResponseExpirationTimeSpan ?? TimeSpan.Zero
            : CacheControlHeaderValue.TryParse(response.Headers.CacheControl.ToString(), out var said) && said.Public ? said.MaxAge ?? TimeSpan.Zero
            : TimeSpan.Zero;
        var keptFor = mayBeKeptFor < options.Value.KeptFor ? mayBeKeptFor : options.Value.KeptFor;
        context.AllowCacheStorage = keptFor > TimeSpan.Zero;
        context.ResponseExpirationTimeSpan = keptFor;
        return ValueTask.CompletedTask;
    }
}

public static class SharedCopyExtensions
{
    /// <summary>Says of a page that all who have nothing of their own here are shown this very page.</summary>
    /// <param name="freshFor">How long it stays true at most.</param>
    public static void IsSameForStrangers(this HttpContext http, TimeSpan freshFor)
    {
        if (http.Features.Get<IOutputCacheFeature>() is { } copy)
        {
            copy.Context.ResponseExpirationTimeSpan = freshFor;
        }
    }
}
