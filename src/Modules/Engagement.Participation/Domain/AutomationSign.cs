namespace Engagement.Participation.Domain;

/// <summary>Why a response may have been sent by a program. It counts like every other: officers see the sign and judge.</summary>
public enum AutomationSign
{
    /// <summary>The field that nobody sees was filled in.</summary>
    Trap,

    /// <summary>Its pages were sent faster than anybody reads.</summary>
    Pace,

    /// <summary>It was one of very many from one address within an hour, be it a program or a place that many share.</summary>
    Flood,
}

internal static class AutomationSigns
{
    /// <summary>Nobody reads a page of a form and sends it in less.</summary>
    public static readonly TimeSpan FastestPage = TimeSpan.FromMilliseconds(500);

    /// <param name="oneOfMany">From one address within the hour.</param>
    /// <param name="taken">From the first page that was sent to the last.</param>
    /// <param name="pages">How many were shown in that time.</param>
    public static AutomationSign? Of(bool trapFilled, bool oneOfMany, TimeSpan taken, int pages) =>
        trapFilled ? AutomationSign.Trap
        : taken < FastestPage * pages ? AutomationSign.Pace
        : oneOfMany ? AutomationSign.Flood
        : null;
}
