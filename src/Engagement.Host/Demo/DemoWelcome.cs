using System.Globalization;
using Engagement.Consultations.Application.Public;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Host.Demo;

/// <summary>What whoever started the program needs to know: where to look and how to sign in.</summary>
internal static class DemoWelcome
{
    /// <param name="address">Where the program listens; null where it does not, after <c>demo load</c>.</param>
    public static async Task<string> ComposeAsync(
        IServiceProvider services, DemoLoad load, string dataDirectory, string? address, CancellationToken cancellationToken)
    {
        List<string> lines = [""];
        if (address is not null)
        {
            lines.AddRange(
            [
                "The demonstration council is loaded. Where to look:",
                $"  the public's pages          {address}/",
                $"  the officers' pages         {address}/admin",
                $"  the API, described          {address}/docs",
                .. await NextToClose(services, address, cancellationToken),
            ]);
        }

        var path = DemoCredentials.PathIn(dataDirectory);
        if (await DemoCredentials.ReadAsync(dataDirectory, load, cancellationToken) is not { } credentials)
        {
            lines.Add($"The accounts of the demonstration stood in {path}, which is gone. Make others: engagement client create --help");
            return string.Join(Environment.NewLine, lines);
        }

        lines.AddRange(["", $"How to sign in ({path}):", .. credentials.Where(c => c.Length > 0).Select(c => $"  {c}")]);
        if (address is not null && credentials is [var writes, ..])
        {
            lines.AddRange(
            [
                "A token for the client that writes, good for 15 minutes:",
                $"  curl -s {address}/api/v1/oauth/token -d grant_type=client_credentials {string.Join(' ', writes.Split(' ').Where(p => p.Contains('=', StringComparison.Ordinal)).Select(p => $"-d {p}"))}",
            ]);
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static async Task<IEnumerable<string>> NextToClose(IServiceProvider services, string address, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var open = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ListPublicConsultations(PublicList.Open, Limit: 1), cancellationToken);
        return open.Page.Items is not [var next, ..] ? [] :
        [
            $"  the next to close           {address}/consultations/{next.Slug}",
            string.Create(CultureInfo.InvariantCulture, $"                              closes at {UkTime.WallTimeOf(next.ClosesAt):HH:mm} on {UkTime.Spell(UkTime.DateOf(next.ClosesAt))}, UK time"),
        ];
    }
}
