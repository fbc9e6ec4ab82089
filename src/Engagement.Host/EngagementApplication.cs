using Engagement.Access;
using Engagement.ClosingTheLoop;
using Engagement.Consultations;
using Engagement.Engagements;
using Engagement.Host.Pages;
using Engagement.Participation;
using Engagement.Platform;
using Engagement.Platform.Operations;
using Engagement.Platform.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Engagement.Host;

/// <summary>What a process does: answers requests, does what is due, or both. Any number of each may run on one database.</summary>
[Flags]
public enum ProcessRole
{
    Web = 1,
    Worker = 2,
    All = Web | Worker,
}

/// <summary>Puts the modules together: the one place that knows them all.</summary>
public static class EngagementApplication
{
    private static readonly string Name = typeof(EngagementApplication).Assembly.GetName().Name!;

    public static IServiceCollection AddEngagement(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPlatform(configuration);
        services.AddAccess(configuration);
        services.AddEngagements(configuration);
        services.AddConsultations(configuration);
        services.AddParticipation(configuration);
        services.AddClosingTheLoop(configuration);
        return services;
    }

    /// <param name="configure">What a command sets before the services are registered.</param>
    /// <param name="replace">What a test puts in place of the program's own services, such as the clock.</param>
    public static WebApplication Build(ProcessRole role, Action<WebApplicationBuilder> configure, Action<IServiceCollection>? replace = null)
    {
        // A line that ends otherwise than RFC 9112 says is where two readers of a message part.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

        // Named, because under a test another program is the one that runs: the pages and their files are found by this name.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = Name });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = WebRegistration.MaximumBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = WebRegistration.MaximumHeaders;
            kestrel.Limits.RequestHeadersTimeout = WebRegistration.HeadersHaveTime;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(WebRegistration.SlowestBody, WebRegistration.BodyHasTime);
        });
        builder.WebHost.UseStaticWebAssets();

        // Files are served as they were built; the framework's way to look for others at run time would be an address without a policy.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Logging.KeepToWhatAnOperatorNeeds();
        configure(builder);
        builder.Services.AddEngagement(builder.Configuration);
        builder.Services.AddAccessTokensAndApi(builder.Configuration);
        builder.Services.AddPages(builder.Configuration);
        builder.Services.AddMonitoring(builder.Configuration);
        if (role.HasFlag(ProcessRole.Worker))
        {
            builder.Services.AddWorker();
        }

        replace?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseApi();
        app.MapHealth();
        if (role.HasFlag(ProcessRole.Web))
        {
            app.MapDescription();
            app.MapOperations();
            app.MapAccess();
            app.MapEngagements();
            app.MapConsultations();
            app.MapParticipation();
            app.MapClosingTheLoop();
            app.MapPages();
        }

        app.CheckThatEveryEndpointHasAPolicy();
        return app;
    }

    /// <summary>
    /// What these say below a warning repeats the addresses and values of requests, which hold the tokens of links and the words of people. That is not written
    /// down, whatever configuration asks for.
    /// </summary>
    private static readonly string[] RepeatRequests =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.StaticAssets",
    ];

    /// <summary>What the libraries tell of their ordinary work is left out; configuration under <c>Logging</c> can ask for what holds nobody's words.</summary>
    internal static void KeepToWhatAnOperatorNeeds(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        logging.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            // A rule for one provider goes before a rule for all, and the longer category before the shorter.
            var providers = options.Rules.Select(r => r.ProviderName).Append(null).Distinct(StringComparer.Ordinal).ToList();
            var tooMuch = options.Rules.Where(r => r.LogLevel < LogLevel.Warning && RepeatRequests.Any(c => r.CategoryName?.StartsWith(c, StringComparison.OrdinalIgnoreCase) == true)).ToList();
            tooMuch.ForEach(rule => options.Rules.Remove(rule));
            foreach (var rule in providers.SelectMany(provider => RepeatRequests.Select(category => new LoggerFilterRule(provider, category, LogLevel.Warning, filter: null))))
            {
                options.Rules.Add(rule);
            }
        });
    }

    private static void AddAccessTokensAndApi(this IServiceCollection services, IConfiguration configuration)
    {
        Platform.Security.AccessTokenRegistration.AddAccessTokens(services);
        services.AddApi(configuration);
        services.AddHealth();
    }

    private static void MapDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

        // It looks at every address that passes by.
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal), docs => docs.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Engagement API";
            page.SwaggerEndpoint("/openapi/v1.json", "v1");
        }));
    }
}
