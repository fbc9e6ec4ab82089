using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace Engagement.Platform.Jobs;

/// <param name="Every">How often the job looks; at least a second.</param>
/// <param name="IsPunctual">Whether it also runs where the scheduler comes round too seldom; then it may run in several places at once.</param>
/// <param name="Schedule">Tells the scheduler of the job and of its one trigger.</param>
public sealed record JobRegistration(string Name, Type JobType, TimeSpan Every, bool IsPunctual, Action<IQuartzBuilder> Schedule);

public static class JobRegistrationExtensions
{
    /// <summary>Registers a sweep that looks at the database at every interval, in one process of the cluster at a time.</summary>
    /// <param name="isPunctual">Of those the scheduler is not relied upon: see <see cref="PunctualJobs"/>.</param>
    public static IServiceCollection AddSweepJob<TJob>(this IServiceCollection services, string name, TimeSpan every, bool isPunctual = false)
        where TJob : class, IJob
    {
        services.AddSingleton(new JobRegistration(name, typeof(TJob), every, isPunctual, quartz => Schedule<TJob>(quartz, name, every)));
        services.AddTransient<TJob>();
        return services;
    }

    /// <summary>Runs every registered job on the clustered scheduler. Call it last: it looks at what has been registered.</summary>
    public static IServiceCollection AddScheduler(this IServiceCollection services)
    {
        var jobs = services.Where(s => s.ServiceType == typeof(JobRegistration)).Select(s => (JobRegistration)s.ImplementationInstance!).ToList();
        services.AddSingleton<System.Data.Common.DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o =>
            {
                o.InstanceName = "engagement";
                o.GenerateInstanceId = true;
                o.IdleWaitTime = TimeSpan.FromSeconds(2);
            });
            quartz.UsePersistentStore(store =>
            {
                store.ConfigureStore(o => o.TablePrefix = "jobs.qrtz_");
                store.UsePostgres(o => o.UseRegisteredDataSource = true);
                store.UseClustering(o =>
                {
                    o.CheckinInterval = TimeSpan.FromSeconds(2);
                    o.CheckinMisfireThreshold = TimeSpan.FromSeconds(4);
                });
                store.UseSystemTextJsonSerializer(_ => { });
            });
            quartz.UseDefaultThreadPool(5);
            quartz.AddJobListener<JobRunListener>([]);
            foreach (var job in jobs)
            {
                job.Schedule(quartz);
            }
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services;
    }

    private static void Schedule<TJob>(IQuartzBuilder quartz, string name, TimeSpan every)
        where TJob : class, IJob
    {
        var key = new JobKey(name, "engagement");
        quartz.AddJob<TJob>(j => j.WithIdentity(key).StoreDurably());
        quartz.AddTrigger<TJob>(t => t
            .ForJob(key)
            .WithIdentity(name, "engagement")
            .StartNow()
            .WithSimpleSchedule(s => s
                .WithInterval(every)
                .RepeatForever()
                .MeasureIntervalFromCompletion(true)

                // A missed look is not made up for: the next one sees the same state of the database.
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
    }
}
