namespace Engagement.Platform.Web;

/// <summary>
/// How much one account, one address or one consultation may ask for. Where it says "address" it means an <see cref="AddressBlock"/>, counted
/// by each process in its memory and divided by <see cref="Processes"/>; accounts are counted in the database, over all processes.
/// </summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Requests a minute of one account (an API client or an officer), and of the API from one address where nobody is signed in.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Pages a minute to one address where nobody is signed in: a library, a school or a carrier's customers share one.</summary>
    public int PagesPerMinute { get; set; } = 1200;

    /// <summary>Responses an hour from one address to one consultation.</summary>
    public int ResponsesPerHour { get; set; } = 1000;

    /// <summary>Forms an hour from one address that make the program write to somebody.</summary>
    public int MessagesPerHour { get; set; } = 30;

    /// <summary>
    /// Requests of one account, of one address or about one consultation that a process answers at the same time; twice as many more may wait (about
    /// one consultation: a crowd). Fewer than there are connections to the database, so that nobody uses them up.
    /// </summary>
    public int AtOnce { get; set; } = 50;

    /// <summary>How long a request waits for its turn to be answered at all. Whoever has waited so long is asked to come again.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many web processes share the load, so that what they let an address do together is what is said here.</summary>
    public int Processes { get; set; } = 1;
}
