using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Engagement.Kernel;
using Engagement.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Engagement.Platform.Web;

public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Requests a minute of one API client, or of one address where nobody is signed in; each process counts its own.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Forms an hour from one address that make the program write to somebody; each process counts its own.</summary>
    public int MessagesPerHour { get; set; } = 30;
}

public static class WebRegistration
{
    /// <summary>For pages whose form makes the program write to an address that anybody can type.</summary>
    public const string MessagesPolicy = "messages";

    /// <summary>For pages that are the same for everybody; see <see cref="SharedCopiesOptions"/>.</summary>
    public const string SameForEverybody = "same-for-everybody";

    /// <summary>The largest body that an address takes unless it says otherwise: 1 MiB.</summary>
    public const long MaximumBody = 1024 * 1024;

    /// <summary>Bytes of memory for copies of pages, the oldest of which make room.</summary>
    private const long MemoryForCopies = 16 * 1024 * 1024;

    /// <summary>Where a page that could not be shown is answered from; never linked.</summary>
    public const string ProblemPage = "/problem";

    /// <summary>JSON as the API speaks it: what is not known, doubled, of the wrong type or missing is refused.</summary>
    public static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.PropertyNameCaseInsensitive = false;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.MaxDepth = 32;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        json.Converters.Add(new TypedIdJsonConverterFactory());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.ConfigureHttpJsonOptions(o => Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddProblemDetails(o => o.CustomizeProblemDetails = context =>
        {
            // Answers without a body of their own (401, 404, 405 …) come here with nothing but a status.
            if (context.ProblemDetails.Type?.StartsWith(ProblemTypes.Prefix, StringComparison.Ordinal) != true)
            {
                var (code, title, detail) = ProblemTypes.OfStatus(context.HttpContext.Response.StatusCode);
                context.ProblemDetails.Type = ProblemTypes.Prefix + code;
                context.ProblemDetails.Title = title;
                context.ProblemDetails.Detail = detail;
            }

            ProblemTypes.AddCorrelation(context.HttpContext, context.ProblemDetails);
        });
        services.AddExceptionHandler<ExceptionToProblem>();
        services.AddScopePolicies();
        services.AddApiDescription();
        services.Configure<RateLimitOptions>(configuration.GetSection(RateLimitOptions.Section));
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>(LimitRates);
        services.Configure<SharedCopiesOptions>(configuration.GetSection(SharedCopiesOptions.Section));
        services.AddOutputCache(o => o.SizeLimit = MemoryForCopies);
        services.AddOptions<OutputCacheOptions>().Configure<IOptions<SharedCopiesOptions>>((cache, kept) => cache.AddPolicy(SameForEverybody, new SharedCopies(kept)));
        return services;
    }

    /// <summary>Everything between the server and the endpoints, in the order in which it must stand.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.Use(SecurityHeaders);
        app.UseWhen(context => Addresses.IsForMachines(context.Request.Path), machines =>
        {
            machines.UseExceptionHandler();
            machines.UseStatusCodePages();
        });
        app.UseWhen(context => !Addresses.IsForMachines(context.Request.Path), people =>
        {
            // The page at that address says what happened in words for people, from the same description as a problem.
            people.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = ProblemPage, AllowStatusCode404Response = true, SuppressDiagnosticsCallback = _ => true });
            people.UseStatusCodePagesWithReExecute(ProblemPage, "?status={0}");
        });
        app.UseRouting();
        app.Use((context, next) =>
        {
            // Until a token says who it is, it is anyone; the correlation id is known from the start.
            context.RequestServices.GetRequiredService<CurrentActor>().Become(Actor.Anyone, ProblemTypes.CorrelationOf(context));
            return next(context);
        });
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseOutputCache();
        app.Use((context, next) =>
        {
            // Read twice only where the whole answer is kept: what is required to have a key keeps its own account of it.
            if (context.Request.Headers.ContainsKey(IdempotencyKey.Header) && context.GetEndpoint()?.Metadata.GetMetadata<TakesIdempotencyKey>() is { Required: false })
            {
                context.Request.EnableBuffering();
            }

            return next(context);
        });
        return app;
    }

    private static Task SecurityHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }

            // A copy, here or in the browser, is shown under the policy that came with it: its scripts carry the nonce of that one.
            if (context.Response.StatusCode != StatusCodes.Status304NotModified && headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = PolicyOf(context);
            }

            if (headers.CacheControl.Count == 0)
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    internal static string PolicyOf(HttpContext context)
    {
        // The page that shows the API's description brings inline styles of its own; it shows nothing that anybody sent.
        if (context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal))
        {
            return "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
        }

        return Addresses.IsForMachines(context.Request.Path)
            ? "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
            : $"default-src 'self'; script-src 'self' 'nonce-{PageNonce.Of(context)}'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
    }

    private static void LimitRates(RateLimiterOptions options, IOptions<RateLimitOptions> limits)
    {
        var perMinute = limits.Value.RequestsPerMinute;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            // The page that says that there were too many requests is the answer to one that was counted already.
            context.Features.Get<IStatusCodeReExecuteFeature>() is not null ? RateLimitPartition.GetNoLimiter("refused") : RateLimitPartition.GetSlidingWindowLimiter(
            context.User.FindFirst("sub")?.Value ?? context.Connection.RemoteIpAddress?.ToString() ?? "local",
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
        options.AddPolicy(MessagesPolicy, context => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetSlidingWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "local",
                _ => new SlidingWindowRateLimiterOptions { PermitLimit = limits.Value.MessagesPerHour, Window = TimeSpan.FromHours(1), SegmentsPerWindow = 6 })
            : RateLimitPartition.GetNoLimiter("looking"));
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
            var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            context.HttpContext.Response.Headers.RetryAfter = seconds;
            context.HttpContext.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={perMinute};w=60");
            context.HttpContext.Response.Headers["RateLimit"] = $"\"default\";r=0;t={seconds}";
            return ValueTask.CompletedTask;
        };
    }
}
