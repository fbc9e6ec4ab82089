using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Engagement.Platform.Web;

/// <summary>
/// What is the same for everybody, kept by this process for a moment (<see cref="SharedCopiesOptions.KeptFor"/>): a crowd at the deadline asks the database
/// for it about once a second, and not each for themselves. A copy may say yes; before anything is refused, it is asked for anew.
/// </summary>
public sealed class Copies<T>(IOptions<SharedCopiesOptions> options)
    where T : class
{
    /// <summary>More than a county has open at once; beyond it the memory is given back and filled anew.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, (T Copy, long AskedAt)> known = new(StringComparer.Ordinal);

    /// <param name="suffices">Whether a copy is enough for who asks.</param>
    /// <param name="ask">Null where there is none: that is never kept.</param>
    public async ValueTask<T?> Find(string key, Func<T, bool> suffices, Func<Task<T?>> ask)
    {
        if (known.TryGetValue(key, out var kept) && TimeProvider.System.GetElapsedTime(kept.AskedAt) < options.Value.KeptFor && suffices(kept.Copy))
        {
            return kept.Copy;
        }

        // What is read from here on may be overtaken: its age counts from the question, not from the answer.
        var askedAt = TimeProvider.System.GetTimestamp();
        var found = await ask();
        if (found is not null)
        {
            if (known.Count >= Most)
            {
                known.Clear();
            }

            known[key] = (found, askedAt);
        }

        return found;
    }
}
