using System.Globalization;

namespace Engagement.FaultTests;

/// <summary>How long the fault tests go on, and what their chance is made of.</summary>
internal static class FaultSettings
{
    /// <summary><c>ENGAGEMENT_FAULTS=long</c>, or <c>--faults long</c> of build/test.cs.</summary>
    public static bool Long => Environment.GetEnvironmentVariable("ENGAGEMENT_FAULTS") == "long";

    /// <summary>Every random choice of a run follows from it. It is printed; <c>ENGAGEMENT_FAULTS_SEED</c> repeats a run.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable("ENGAGEMENT_FAULTS_SEED") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue / 2);
}
