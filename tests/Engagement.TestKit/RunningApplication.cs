using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Engagement.Access.Api;
using Engagement.Access.Application.Clients;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.SigningIn;
using Engagement.Access.Contracts;
using Engagement.Host;
using Engagement.Kernel;
using Engagement.Platform.Clock;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Security;
using Engagement.TestKit.Pages;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace Engagement.TestKit;

/// <summary>The whole program in this process, on a real port and a database of its own. Jobs run when a test says so.</summary>
public sealed class RunningApplication : IAsyncDisposable
{
    private static readonly byte[] MasterKeyOfTests = RandomNumberGenerator.GetBytes(32);
    private readonly WebApplication app;

    private RunningApplication(WebApplication app, TestClock clock, LogCapture log)
    {
        this.app = app;
        Clock = clock;
        Log = log;
    }

    public TestClock Clock { get; }

    /// <summary>Everything that was logged, for tests that look for what must not be there.</summary>
    public LogCapture Log { get; }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.First());

    public static WebApplication Build(
        string connectionString, TestClock clock, ProcessRole role, LogCapture? log = null, IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? replace = null) => EngagementApplication.Build(
        role,
        builder =>
        {
            // Whatever outlives a request and holds what is made for one is refused: it would be everybody's.
            builder.Host.UseServiceProviderFactory(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateScopes = true }));
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Engagement"] = connectionString,
                ["RateLimits:RequestsPerMinute"] = "1000000",
                ["RateLimits:PagesPerMinute"] = "1000000",
                ["RateLimits:ResponsesPerHour"] = "1000000",
                ["RateLimits:AtOnce"] = "1000",
                ["SharedCopies:KeptFor"] = "00:00:00",
                ["Access:RequireSecondFactor"] = "Nobody",
                ["Mail:Directory"] = Path.Combine(Path.GetTempPath(), "engagement-mail", new NpgsqlConnectionStringBuilder(connectionString).Database!),
            });
            if (settings is not null)
            {
                builder.Configuration.AddInMemoryCollection(settings);
            }

            builder.Logging.ClearProviders();
            if (log is not null)
            {
                builder.Logging.AddProvider(log);
            }
        },
        services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            services.Replace(ServiceDescriptor.Singleton(new MasterKey(MasterKeyOfTests)));
            services.RemoveAll<Microsoft.Extensions.Hosting.IHostedService>();

            // A test is no attacker with a graphics card.
            services.Configure<Microsoft.AspNetCore.Identity.PasswordHasherOptions>(o => o.IterationCount = 1);
            replace?.Invoke(services);
        });

    public static async Task<RunningApplication> StartAsync(
        string connectionString, TestClock clock, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? replace = null)
    {
        var log = new LogCapture();
        var built = Build(connectionString, clock, ProcessRole.Web, log, settings, replace);
        await built.StartAsync();
        return new RunningApplication(built, clock, log);
    }

    /// <summary>A client of the API with these scopes and no others; its token is fresh on every request, wherever the clock stands.</summary>
    public async Task<HttpClient> ClientAsync(params string[] scopes)
    {
        var created = await SendAsync(new CreateApiClient($"Test client {Guid.CreateVersion7():N}", scopes));
        var handler = new FreshToken(app.Services.GetRequiredService<AccessTokens>(), created.Id.ToString(), scopes) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) } };
        return new HttpClient(handler) { BaseAddress = Address };
    }

    /// <summary>
    /// The browser of an officer who has signed in and holds these roles everywhere. It keeps cookies, as forms need, and follows no
    /// redirect. The officer's name is their first role and their e-mail address begins with it.
    /// </summary>
    public async Task<HttpClient> OfficerAsync(params string[] roles)
    {
        var created = await SendAsync(new CreateOfficer($"{roles[0]}-{Guid.CreateVersion7():N}@example.org", roles[0], roles, MustChangePassword: false));
        return await SignedInAsync(created.Id);
    }

    /// <summary>Another browser of an officer who is there already, signed in.</summary>
    public async Task<HttpClient> SignedInAsync(OfficerId officer)
    {
        var cookies = new CookieContainer();
        cookies.Add(Address, await SessionCookieOf(officer));
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = Address };
    }

    /// <summary>The pages as an officer sees them who has signed in and holds these roles everywhere.</summary>
    public async Task<PageClient> OfficerPagesAsync(params string[] roles)
    {
        var created = await SendAsync(new CreateOfficer($"{roles[0]}-{Guid.CreateVersion7():N}@example.org", roles[0], roles, MustChangePassword: false));
        return await PagesOfAsync(created.Id);
    }

    /// <summary>The pages as an officer sees them who is there already, signed in.</summary>
    public async Task<PageClient> PagesOfAsync(OfficerId officer)
    {
        var pages = new PageClient(Address);
        pages.Cookies.Add(Address, await SessionCookieOf(officer));
        return pages;
    }

    private async Task<Cookie> SessionCookieOf(OfficerId officer) => new(OfficerCookie.Name, await SendAsync(new OpenSession(officer)), "/admin");

    /// <summary>Somebody who has not signed in.</summary>
    public HttpClient Anyone() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Sends a request as the command line would: with every right.</summary>
    public Task<TResult> SendAsync<TResult>(IRequest<TResult> request) => SendAsync(request, new Actor(ActorKind.Console, "test"), Scopes.All);

    public async Task<TResult> SendAsync<TResult>(IRequest<TResult> request, Actor actor, IEnumerable<string> scopes)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(actor, Guid.CreateVersion7().ToString(), scopes);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task RunJobAsync<TJob>()
        where TJob : class, IJob
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TJob>().Execute(null!);
    }

    /// <summary>Does what a worker would have done by now: every event is handed on and every job looks, twice, because one leads to the other.</summary>
    public async Task WorkAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            await DeliverEventsAsync();
            foreach (var job in app.Services.GetServices<JobRegistration>())
            {
                await using var scope = app.Services.CreateAsyncScope();
                await ((IJob)scope.ServiceProvider.GetRequiredService(job.JobType)).Execute(null!);
                await DeliverEventsAsync();
            }
        }
    }

    /// <summary>Hands every waiting event to its subscribers, and those that this causes, until nothing waits.</summary>
    /// <exception cref="InvalidOperationException">A subscriber failed: its error is in the message.</exception>
    public async Task DeliverEventsAsync()
    {
        var deliverer = app.Services.GetRequiredService<EventDeliverer>();
        while (await deliverer.DeliverDueAsync(CancellationToken.None) > 0)
        {
        }

        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select subscriber || ': ' || error from platform.delivery where handled_at is null and error is not null");
        var failures = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            failures.Add(reader.GetString(0));
        }

        if (failures.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, failures));
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class FreshToken(AccessTokens tokens, string client, IEnumerable<string> scopes) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.CreateAsync(client, scopes, cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
