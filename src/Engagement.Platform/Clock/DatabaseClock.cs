using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Engagement.Platform.Clock;

/// <summary>
/// The time of the whole program, held to the database's clock so that several instances agree on every deadline. To the
/// microsecond, which is what the database keeps.
/// </summary>
/// <param name="machine">The machine's own clock; null for the system's.</param>
public sealed class DatabaseClock(TimeProvider? machine = null) : TimeProvider
{
    /// <summary>Beyond this difference between the machine's clock and the database's the process is not ready.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly TimeProvider machine = machine ?? System;
    private long offsetTicks;

    /// <summary>What is added to the machine's clock.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    public bool IsWithinTolerance => Offset.Duration() <= Tolerance;

    public override DateTimeOffset GetUtcNow()
    {
        var ticks = machine.GetUtcNow().Ticks + Interlocked.Read(ref offsetTicks);
        return new DateTimeOffset(ticks - (ticks % 10), TimeSpan.Zero);
    }

    /// <summary>Asks the database for its time.</summary>
    public async Task MeasureAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        var sent = machine.GetUtcNow();
        var theirs = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!, TimeSpan.Zero);
        var received = machine.GetUtcNow();
        Interlocked.Exchange(ref offsetTicks, Correct(Offset, sent, theirs, received).Ticks);
    }

    /// <summary>
    /// The database answered somewhere between sending and receiving, so a slow exchange proves little. What is known already stays
    /// unless the answer refutes it: processes on one machine then agree on every instant, however busy it is.
    /// </summary>
    internal static TimeSpan Correct(TimeSpan known, DateTimeOffset sent, DateTimeOffset theirs, DateTimeOffset received)
    {
        var least = theirs - received;
        var most = theirs - sent;
        return known < least ? least : known > most ? most : known;
    }
}

/// <summary>Measures before the program serves, and every 10 seconds from then on.</summary>
internal sealed partial class ClockKeeper(DatabaseClock clock, NpgsqlDataSource dataSource, ILogger<ClockKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await clock.MeasureAsync(dataSource, cancellationToken);
        if (!clock.IsWithinTolerance)
        {
            Skewed(clock.Offset.TotalSeconds);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await clock.MeasureAsync(dataSource, stoppingToken);
                if (!clock.IsWithinTolerance)
                {
                    Skewed(clock.Offset.TotalSeconds);
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // The last offset goes on being used; readiness asks the database itself.
                CouldNotMeasure(error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock of this machine and the database's differ by {Seconds} seconds. Correct the machine's clock; until then this process is not ready.")]
    private partial void Skewed(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's clock could not be read.")]
    private partial void CouldNotMeasure(Exception error);
}

public static class ClockRegistration
{
    public static IServiceCollection AddDatabaseClock(this IServiceCollection services)
    {
        services.AddSingleton<MachineClock>();
        services.AddSingleton(p => new DatabaseClock(p.GetRequiredService<MachineClock>()));
        services.AddSingleton<TimeProvider>(p => p.GetRequiredService<DatabaseClock>());
        services.AddHostedService<ClockKeeper>();
        return services;
    }
}
