using Engagement.Consultations.Domain.Timescales;

namespace Engagement.Consultations.Application;

/// <summary>The law that the program carries together with what the council has recorded in the database.</summary>
internal interface ITimescales
{
    /// <summary>One short statement for each request; the rest is read again only when something was recorded or withdrawn since.</summary>
    Task<KnownTimescales> Read(CancellationToken cancellationToken);

    /// <summary>As the transaction that is under way sees it, kept for nobody else.</summary>
    Task<KnownTimescales> ReadFresh(CancellationToken cancellationToken);
}

internal static class TimescalesExtensions
{
    /// <summary>What timetables are computed with now.</summary>
    public static async Task<TimetableCalculator> Now(this ITimescales timescales, CancellationToken cancellationToken) =>
        (await timescales.Read(cancellationToken)).Calculator;
}
