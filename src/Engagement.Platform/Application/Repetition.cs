using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Engagement.Platform.Application;

/// <summary>
/// Does again what the database has rolled back because it stood in another's way (<see cref="RolledBack"/>). Once for each scope and as a whole: inside a
/// transaction that somebody else has begun, or inside something that will be done again itself, nothing is.
/// </summary>
internal sealed partial class Repetition(IServiceProvider scope, ILogger<Repetition> logger)
{
    public const int AttemptsAtMost = 3;

    private bool isUnderWay;

    /// <param name="name">What it is, for the log.</param>
    /// <param name="work">Leaves nothing behind but in the database.</param>
    public async Task<T> Run<T>(string name, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (isUnderWay)
        {
            return await work();
        }

        isUnderWay = true;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await work();
                }
                catch (Exception error) when (attempt < AttemptsAtMost && error.IsRolledBack() && NobodyElseHasBegun())
                {
                    DoneAgain(error, name, attempt);
                }

                // Each waits for another time, so that the same two do not meet again.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 100) * attempt), cancellationToken);
                foreach (var context in Contexts)
                {
                    context.Forget();
                }
            }
        }
        finally
        {
            isUnderWay = false;
        }
    }

    private IEnumerable<ModuleDbContext> Contexts => scope.GetServices<ModuleDbContext>();

    private bool NobodyElseHasBegun() => Contexts.All(c => c.Database.CurrentTransaction is null);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Name} was rolled back by the database in attempt {Attempt} and is done again.")]
    private partial void DoneAgain(Exception error, string name, int attempt);
}
