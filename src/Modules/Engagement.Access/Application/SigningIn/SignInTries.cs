using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.SigningIn;

/// <summary>Slows guessing down. A try is counted before the password is looked at, so many at once count as many.</summary>
internal sealed class SignInTries(IAccessDb db, MasterKey masterKey, KnownDevices devices, TimeProvider clock)
{
    private const string Purpose = "sign-in-count";

    /// <param name="account">What is guessed at, such as a normalised address; whether it is anybody's does not matter.</param>
    /// <param name="officer">Whose account it is; null where it is nobody's.</param>
    /// <param name="origin">Where the try comes from.</param>
    public IReadOnlyList<SignInCounter> CountersOf(string account, OfficerId? officer, SignInOrigin origin) =>
        SignInCounter.Of(account, officer is { } known ? devices.Recognise(known, origin.Device) : null, origin.Address);

    /// <returns>False while any of the counters has a pause: whatever was typed is not looked at.</returns>
    public async Task<bool> Count(IEnumerable<SignInCounter> counters, CancellationToken cancellationToken)
    {
        foreach (var counter in counters)
        {
            // The strictest comes first: what it stops is not counted against everybody else.
            if (!await db.CountTry(KeyOf(counter), counter.Free, clock.GetUtcNow(), cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The right password was given: what was counted against whoever gave it is forgotten.</summary>
    public async Task Forget(IEnumerable<SignInCounter> counters, CancellationToken cancellationToken)
    {
        var keys = counters.Select(KeyOf).ToList();
        await db.SignInCounts.Where(c => keys.Contains(c.Key)).ExecuteDeleteAsync(cancellationToken);
    }

    private byte[] KeyOf(SignInCounter counter) => masterKey.Hash(Purpose, counter.Name);
}

/// <summary>Where a try to sign in comes from.</summary>
/// <param name="Address">The network address.</param>
/// <param name="Browser">What the browser says it is.</param>
/// <param name="Device">What it remembers of an earlier sign-in; null where it remembers nothing.</param>
public sealed record SignInOrigin(string Address, string Browser, string? Device);
