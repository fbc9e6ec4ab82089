using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Engagement.Platform.Clock;

/// <summary>The clock of this machine. So that a wrong one can be tried, <c>Faults:MachineClockAhead</c> sets it wrong; in Production it is left alone.</summary>
internal sealed class MachineClock(IConfiguration configuration, IHostEnvironment environment) : TimeProvider
{
    private readonly TimeSpan ahead = !environment.IsProduction() && configuration["Faults:MachineClockAhead"] is { Length: > 0 } given
        ? TimeSpan.ParseExact(given, "c", CultureInfo.InvariantCulture)
        : TimeSpan.Zero;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
