using System.Net;
using System.Net.Sockets;

namespace Engagement.Platform.Web;

/// <summary>
/// Whom an address stands for where requests are counted: an IPv4 address (one household, or everybody of a library, a school or a carrier's
/// region, who must not be counted together with their neighbours as well), or the 64 bits of an IPv6 address that one connection is given.
/// </summary>
public static class AddressBlock
{
    private const int BytesOfOneConnection = 8;

    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "local";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(BytesOfOneConnection).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
