using Engagement.Kernel;
using Engagement.Platform.Application;
using Engagement.Platform.Audit;
using Engagement.Platform.Bundles;
using Engagement.Platform.Clock;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Engagement.Platform.Operations;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Engagement.Platform.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Engagement.Platform;

public static class PlatformRegistration
{
    /// <summary>What every role of the program needs: tables, requests, events, messages, keys, the clock.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPersistence();
        services.AddRequestPipeline();
        services.AddRequestHandlers(typeof(PlatformRegistration).Assembly);
        services.AddDatabaseClock();
        services.AddMetrics();
        services.AddSingleton<ProgramMetrics>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<EventDeliverer>();
        services.AddSingleton<JobRuns>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<ChainSealer>();
        services.AddSingleton<ChainVerifier>();
        services.AddSingleton<AggregateHistory>();
        services.AddSweepJob<SealChainsJob>(SealChainsJob.Name, TimeSpan.FromMinutes(1));
        services.AddSingleton<WorkRunner>();
        services.AddWorkHandler<RunJobWork>();
        services.AddWorkHandler<VerifyHistoryWork>();
        services.AddScoped<BundleMaker>();
        services.AddBundleSection<MessagesBundleSection>();
        services.AddSweepJob<ClearExpiredWorkJob>(ClearExpiredWorkJob.Name, TimeSpan.FromHours(1));

        services.Configure<SecurityOptions>(configuration.GetSection(SecurityOptions.Section));
        services.AddSingleton<MasterKey>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<ICurrentActor>(p => p.GetRequiredService<CurrentActor>());
        services.AddStoredDataProtection();

        services.Configure<MailOptions>(configuration.GetSection(MailOptions.Section));
        services.AddSingleton<IMailChannel>(p =>
        {
            var options = p.GetRequiredService<IOptions<MailOptions>>();
            return options.Value.Notify.ApiKey.Length > 0 ? new NotifyChannel(options)
                : options.Value.Smtp.Host.Length > 0 ? new SmtpChannel(options, p.GetRequiredService<TimeProvider>())
                : new FileChannel(options);
        });
        services.AddSingleton<NotificationSender>();
        services.AddScoped<NotificationLog>();
        services.AddSweepJob<SendNotificationsJob>(SendNotificationsJob.Name, TimeSpan.FromSeconds(2));
        return services;
    }

    /// <summary>What a worker does beside its jobs: it hands events on and does long work.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services)
    {
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<WorkHost>();
        services.AddHostedService<PunctualJobs>();
        services.AddScheduler();
        return services;
    }
}
