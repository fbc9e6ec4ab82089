namespace Engagement.Consultations.Application;

/// <summary>Settings under <c>Consultations</c>.</summary>
public sealed class ConsultationsOptions
{
    public const string Section = "Consultations";

    /// <summary>
    /// From the deadline to the seal. A request that arrived in time may commit until it ends, so it is longer than any request may
    /// take (30 s).
    /// </summary>
    public TimeSpan DrainWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Opening and closing times are whole multiples of it. A minute, because that is what people are told; shorter only where
    /// nobody is told, as in a trial that cannot wait for the next minute.
    /// </summary>
    public TimeSpan TimeStep { get; set; } = TimeSpan.FromMinutes(1);
}
