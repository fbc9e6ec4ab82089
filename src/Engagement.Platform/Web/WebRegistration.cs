using System.Text.Json;
using System.Text.Json.Serialization;
using Engagement.Kernel;
using Engagement.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Engagement.Platform.Web;

public static class WebRegistration
{
    /// <summary>For pages that are the same for everybody; see <see cref="SharedCopiesOptions"/>.</summary>
    public const string SameForEverybody = "same-for-everybody";

    /// <summary>For a page that is the same for all who do not bring a cookie of this name; see <see cref="SharedCopyExtensions.IsSameForStrangers"/>.</summary>
    public static void AddSameForStrangers(this IServiceCollection services, string policy, string ownCookie) =>
        services.AddOptions<OutputCacheOptions>().Configure<IOptions<SharedCopiesOptions>>((cache, kept) => cache.AddPolicy(policy, new SharedCopies(kept, ownCookie)));

    /// <summary>The largest body that an address takes unless it says otherwise: 1 MiB.</summary>
    public const long MaximumBody = 1024 * 1024;

    /// <summary>Bytes of all headers of one request together; more is 431.</summary>
    public const int MaximumHeaders = 32 * 1024;

    /// <summary>Bytes a second of a body at least, once <see cref="BodyHasTime"/> is over: slower is 408. A modem of 1995 was twelve times as fast.</summary>
    public const double SlowestBody = 240;

    /// <summary>From the first byte of a request to the end of its headers; slower is 408.</summary>
    public static readonly TimeSpan HeadersHaveTime = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan BodyHasTime = TimeSpan.FromSeconds(5);

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
        json.Converters.Add(new TextWithoutNullConverter());
        json.Converters.Add(new TypedIdJsonConverterFactory());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.ConfigureHttpJsonOptions(o =>
        {
            Configure(o.SerializerOptions);
            o.SerializerOptions.TypeInfoResolver = new LateJson(o.SerializerOptions);
        });
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
        services.AddSingleton<AccountQuota>();
        services.AddSingleton<RequestLimits>();
        services.Configure<ProxyOptions>(configuration.GetSection(ProxyOptions.Section));
        services.Configure<SharedCopiesOptions>(configuration.GetSection(SharedCopiesOptions.Section));
        services.AddSingleton(typeof(Copies<>));
        services.AddOutputCache(o => o.SizeLimit = MemoryForCopies);
        services.AddOptions<OutputCacheOptions>().Configure<IOptions<SharedCopiesOptions>>((cache, kept) => cache.AddPolicy(SameForEverybody, new SharedCopies(kept)));
        return services;
    }

    /// <summary>Everything between the server and the endpoints, in the order in which it must stand.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseTrustedProxies();
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
            people.Use(PageRequests.ProblemsByGetOrPost);
        });
        app.UseRouting();
        app.Use(PageRequests.OnlyByTheirMethods);
        app.Use(PageRequests.OnlyFromHere);
        app.Use((context, next) =>
        {
            // Until a token says who it is, it is anyone; the correlation id is known from the start.
            context.RequestServices.GetRequiredService<CurrentActor>().Become(Actor.Anyone, ProblemTypes.CorrelationOf(context));
            return next(context);
        });
        var limits = app.Services.GetRequiredService<RequestLimits>();
        app.Use(limits.KeepToItsPart);
        app.UseAuthentication();
        app.Use(limits.KeepToQuota);
        app.Use(TextWithoutNull.Refuse);
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
            headers["Referrer-Policy"] = HoldsASecret(context) ? "no-referrer" : "strict-origin-when-cross-origin";
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

    /// <summary>Whether the address is the link of one person: not even our own files may be asked for with it.</summary>
    private static bool HoldsASecret(HttpContext context) =>
        context.Request.RouteValues.ContainsKey("token") || context.Request.RouteValues.ContainsKey("key")
        || context.Request.Query.ContainsKey("token") || context.Request.Query.ContainsKey("code");

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
}
