using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Engagement.Platform.Web;

public sealed class ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>
    /// Addresses or networks (192.0.2.7, 10.0.0.0/8) of the proxies before the program, separated by commas. What they say in X-Forwarded-For and
    /// X-Forwarded-Proto is believed; what anybody else says there is not.
    /// </summary>
    public string Trusted { get; set; } = "";
}

internal static class TrustedProxies
{
    /// <exception cref="InvalidOperationException">The setting is no list of addresses.</exception>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var names = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0)
        {
            return;
        }

        // Each hop of a chain must be one of them, so the chain may be as long as it is.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var name in names)
        {
            options.KnownIPNetworks.Add(IPNetwork.TryParse(name, out var network) ? network
                : IPAddress.TryParse(name, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length)
                : throw new InvalidOperationException($"{ProxyOptions.Section}__{nameof(ProxyOptions.Trusted)} holds '{name}', which is no address and no network such as 10.0.0.0/8."));
        }

        app.UseForwardedHeaders(options);
    }
}
