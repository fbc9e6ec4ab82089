using System.Net;
using System.Net.Sockets;

namespace Engagement.Access.Domain;

/// <summary>
/// Whose tries are counted together, and how many are free. A browser in which the officer has signed in before has a counter of its own
/// (OWASP: device cookies), so nobody elsewhere can keep the officer out; everybody else is counted for the account, and more strictly for
/// the account from one part of the network.
/// </summary>
/// <param name="Name">Hashed with a key before it is stored.</param>
/// <param name="Free">Tries before the first pause.</param>
internal sealed record SignInCounter(string Name, int Free)
{
    /// <summary>The first pause; each further wrong try doubles it.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);

    /// <summary>No pause is longer, so nobody is locked out for good.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>Tries are forgotten when none came for so long.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    /// <param name="account">The normalised address, whether or not it is somebody's.</param>
    /// <param name="device">The browser's device, where it is one that this officer knows; otherwise null.</param>
    public static IReadOnlyList<SignInCounter> Of(string account, string? device, string address) => device is not null
        ? [new($"device/{device}", 10)]
        : [new($"account/{account}/{BlockOf(address)}", 5), new($"account/{account}", 20)];

    /// <summary>What one household or office has: an IPv4 address, or 64 bits of an IPv6 one.</summary>
    private static string BlockOf(string address)
    {
        if (!IPAddress.TryParse(address, out var ip))
        {
            return "";
        }

        ip = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        return ip.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(ip.GetAddressBytes()[..8]) : ip.ToString();
    }
}
