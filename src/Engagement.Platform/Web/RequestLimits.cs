using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Engagement.Platform.Web;

/// <summary>What sending a form or a request does beside being a request, and is counted by the hour for.</summary>
public enum Sends
{
    /// <summary>A response to the consultation that the address names.</summary>
    Response,

    /// <summary>The program writes to an address that anybody can type.</summary>
    Message,
}

/// <summary>Says of an endpoint or a page that what is posted to it is counted by the hour as well.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CountedAsAttribute(Sends what) : Attribute
{
    public Sends What { get; } = what;
}

/// <summary>What is told of a flood of responses before it is refused.</summary>
public static class Floods
{
    private static readonly object Noted = new();

    /// <summary>More than half of what one address may send to one consultation within the hour has come already. No address is kept for it: only the count of the hour.</summary>
    public static bool IsOneOfMany(this HttpContext context) => context.Items.ContainsKey(Noted);

    internal static void Note(HttpContext context) => context.Items[Noted] = true;
}

/// <summary>
/// Who asks too much is refused with 429 and told when to come again, and keeps nobody else out: each account, and each address where nobody is signed in,
/// has a quota of its own; pages, their files, the API and health checks each have their own share of an address's; and what one account, one address or one
/// consultation is busy with at any moment takes only a part of the process.
/// </summary>
internal sealed partial class RequestLimits : IDisposable
{
    /// <summary>A page brings about ten files with it the first time.</summary>
    private const int FilesOfAPage = 10;

    /// <summary>A crowd at the deadline waits its turn: about a second's work.</summary>
    private const int WaitingForAConsultation = 2048;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly AccountQuota accounts;
    private readonly WindowCounter api;
    private readonly WindowCounter pages;
    private readonly WindowCounter files;
    private readonly WindowCounter health;
    private readonly WindowCounter responses;
    private readonly WindowCounter messages;
    private readonly PartitionedRateLimiter<string> atOnce;
    private readonly PartitionedRateLimiter<string> atOnceForConsultations;
    private readonly TimeSpan longestWait;
    private readonly ILogger<RequestLimits> logger;

    public RequestLimits(AccountQuota accounts, TimeProvider clock, IOptions<RateLimitOptions> options, ILogger<RequestLimits> logger)
    {
        this.accounts = accounts;
        this.logger = logger;
        var limits = options.Value;
        api = Counter(AccountQuota.Policy, limits.RequestsPerMinute, Minute);
        health = Counter("health", limits.RequestsPerMinute, Minute);
        pages = Counter("pages", limits.PagesPerMinute, Minute);
        files = Counter("files", limits.PagesPerMinute * FilesOfAPage, Minute);
        responses = Counter("responses", limits.ResponsesPerHour, Hour);
        messages = Counter("messages", limits.MessagesPerHour, Hour);
        atOnce = AtOnce(limits.AtOnce, 2 * limits.AtOnce);
        atOnceForConsultations = AtOnce(limits.AtOnce, WaitingForAConsultation);
        longestWait = limits.LongestWait;

        WindowCounter Counter(string policy, int quota, TimeSpan length) => new(clock, policy, Math.Max(1, quota / Math.Max(1, limits.Processes)), length);
    }

    public void Dispose()
    {
        atOnce.Dispose();
        atOnceForConsultations.Dispose();
    }

    /// <summary>Stands before it is found out who asks, which costs something too.</summary>
    public async Task KeepToItsPart(HttpContext context, RequestDelegate next)
    {
        if (PageRequests.IsAnswerAlready(context) || ShareOf(context) is Share.Files or Share.Health)
        {
            await next(context);
            return;
        }

        using var ofAddress = await Turn(atOnce, AddressBlock.Of(context.Connection.RemoteIpAddress), context.RequestAborted);
        using var ofConsultation = ConsultationOf(context) is { } consultation && !WaitsToBeStored(context)
            ? await Turn(atOnceForConsultations, consultation, context.RequestAborted)
            : null;
        if (!ofAddress.IsAcquired)
        {
            RefuseForTheMoment(context, StatusCodes.Status429TooManyRequests);
        }
        else if (ofConsultation?.IsAcquired == false)
        {
            // Not this resident's doing: everybody is asking about the same consultation.
            RefuseForTheMoment(context, StatusCodes.Status503ServiceUnavailable);
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Stands after it has been found out who asks.</summary>
    public async Task KeepToQuota(HttpContext context, RequestDelegate next)
    {
        if (PageRequests.IsAnswerAlready(context))
        {
            await next(context);
            return;
        }

        var block = AddressBlock.Of(context.Connection.RemoteIpAddress);
        var account = context.User.FindFirst("sub")?.Value;
        var share = ShareOf(context);
        var allowance = share switch
        {
            Share.Health => health.Take(block),
            Share.Files => files.Take(block),
            _ when account is not null => await accounts.TakeAsync(account, context.RequestAborted),
            Share.Api => api.Take(block),
            _ => pages.Take(block),
        };
        if (!allowance.IsExceeded && HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<CountedAsAttribute>() is { } counted && account is null)
        {
            var sent = counted.What == Sends.Message ? messages.Take(block) : responses.Take($"{block} {ConsultationOf(context)}");
            if (counted.What == Sends.Response && sent.Remaining < sent.Quota / 2)
            {
                Floods.Note(context);
            }

            allowance = sent.IsExceeded ? sent : allowance;
        }

        if (share == Share.Api)
        {
            context.Response.OnStarting(SayWhatIsLeft, (context.Response, allowance));
        }

        if (allowance.IsExceeded)
        {
            Refuse(context, allowance);
            return;
        }

        using var ofAccount = account is null || share is Share.Files or Share.Health ? null : await Turn(atOnce, account, context.RequestAborted);
        if (ofAccount?.IsAcquired == false)
        {
            RefuseForTheMoment(context, StatusCodes.Status429TooManyRequests);
            return;
        }

        await next(context);
    }

    /// <summary>Waits for a place, but not for ever: where each answer takes long, a queue would hold people whose browsers have given up.</summary>
    /// <returns>One that was not acquired where the queue is full, or was too slow.</returns>
    private async ValueTask<RateLimitLease> Turn(PartitionedRateLimiter<string> limiter, string key, CancellationToken gone)
    {
        var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
        {
            return lease;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
        patience.CancelAfter(longestWait);
        try
        {
            return await limiter.AcquireAsync(key, 1, patience.Token);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return lease;
        }
    }

    private static PartitionedRateLimiter<string> AtOnce(int answered, int waiting) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetConcurrencyLimiter(
            key,
            _ => new ConcurrencyLimiterOptions { PermitLimit = answered, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }),
        StringComparer.Ordinal);

    private static Share ShareOf(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) ? Share.Health
        : context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null ? Share.Files
        : Addresses.IsForMachines(context.Request.Path) ? Share.Api
        : Share.Pages;

    /// <summary>Of the public's addresses, the consultation that is asked about; the officers' name one by its id and are counted by account.</summary>
    private static string? ConsultationOf(HttpContext context) => (context.GetRouteValue("slug") as string)?.ToUpperInvariant();

    /// <summary>Responses by the API hold no connection each: those of a consultation wait to be stored together, and their queue has its own end.</summary>
    private static bool WaitsToBeStored(HttpContext context) =>
        Addresses.IsForMachines(context.Request.Path) && context.GetEndpoint()?.Metadata.GetMetadata<CountedAsAttribute>()?.What == Sends.Response;

    private static Task SayWhatIsLeft(object state)
    {
        var (response, allowance) = ((HttpResponse, Allowance))state;
        response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{allowance.Policy}\";q={allowance.Quota};w={(int)allowance.Window.TotalSeconds}");
        response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{allowance.Policy}\";r={Math.Max(0, allowance.Remaining)};t={Seconds(allowance.Reset)}");
        if (allowance.IsExceeded)
        {
            response.Headers.RetryAfter = Seconds(allowance.Reset).ToString(CultureInfo.InvariantCulture);
        }

        return Task.CompletedTask;
    }

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    private static void RefuseForTheMoment(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = "2";
    }

    private void Refuse(HttpContext context, Allowance allowance)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Seconds(allowance.Reset).ToString(CultureInfo.InvariantCulture);
        if (allowance.Remaining == -1)
        {
            // Once for each window: a flood must not fill the log. An address is personal data and is not logged.
            Exceeded(allowance.Policy, allowance.Quota, allowance.Window, context.GetEndpoint()?.DisplayName ?? "no endpoint", context.User.FindFirst("sub")?.Value ?? "nobody who is signed in");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The quota {Policy} of {Quota} in {Window} is used up: {Endpoint} was refused to {Account}.")]
    private partial void Exceeded(string policy, int quota, TimeSpan window, string endpoint, string account);

    private enum Share
    {
        Pages,
        Files,
        Api,
        Health,
    }
}
