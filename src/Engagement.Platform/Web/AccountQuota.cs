using System.Collections.Concurrent;
using Engagement.Platform.Persistence;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Engagement.Platform.Web;

/// <summary>
/// The quota of an account, which holds over all processes: each takes a twentieth of it from the database at a time and counts that in memory.
/// So an account costs at most one statement in thirty requests, and one that has used up its quota costs none until the window ends.
/// </summary>
internal sealed class AccountQuota(NpgsqlDataSource dataSource, TimeProvider clock, IOptions<RateLimitOptions> options)
{
    public const string Policy = "default";
    private const int Shares = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // A process whose clock is behind by a moment counts in the window that has begun already.
    private const string TakeShare =
        """
        insert into platform.account_use as u (account, window_start, used) values ($1, $2, $3)
            on conflict (account) do update
           set used = case when u.window_start < excluded.window_start then excluded.used else u.used + excluded.used end,
               window_start = greatest(u.window_start, excluded.window_start)
        returning used
        """;

    private readonly ConcurrentDictionary<string, Account> accounts = new(StringComparer.Ordinal);

    public async ValueTask<Allowance> TakeAsync(string account, CancellationToken cancellationToken)
    {
        var quota = options.Value.RequestsPerMinute;
        var held = accounts.GetOrAdd(account, static _ => new Account());
        await held.Gate.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            var start = WindowCounter.StartOf(now, Window);
            if (held.Start != start)
            {
                (held.Start, held.Left, held.NotTaken, held.Refused) = (start, 0, quota, 0);
            }

            if (held.Left == 0 && held.NotTaken > 0)
            {
                var share = Math.Max(1, quota / Shares);
                var used = await Take(account, start, share, cancellationToken) ?? quota - held.NotTaken + share;
                held.Left = Math.Clamp(quota - (used - share), 0, share);
                held.NotTaken = Math.Max(0, quota - used);
            }

            var remaining = held.Left > 0 ? --held.Left + held.NotTaken : -++held.Refused;
            return new Allowance(Policy, quota, Window, remaining, start + Window - now);
        }
        finally
        {
            held.Gate.Release();
        }
    }

    /// <returns>How much of the quota all processes have taken together; null where the database takes no writes: then this one counts for itself.</returns>
    private async Task<int?> Take(string account, DateTimeOffset start, int share, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(TakeShare);
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = start });
        command.Parameters.Add(new() { Value = share });
        try
        {
            return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException error) when (error.IsRefusedWrite())
        {
            return null;
        }
    }

    private sealed class Account
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public DateTimeOffset Start { get; set; }

        /// <summary>Taken from the database and not used yet.</summary>
        public int Left { get; set; }

        /// <summary>What nobody had taken when this process took its last share.</summary>
        public int NotTaken { get; set; }

        public int Refused { get; set; }
    }
}
