using Engagement.Host;
using Engagement.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.ArchitectureTests;

public sealed class EndpointTests
{
    [Fact]
    public async Task Every_endpoint_says_who_may_use_it()
    {
        var endpoints = await Endpoints();

        var silent = endpoints
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.RoutePattern.RawText);

        silent.ShouldBeEmpty();
        endpoints.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Only_public_addresses_the_token_and_the_description_are_open_to_everybody()
    {
        var open = (await Endpoints())
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => !p.StartsWith("/api/v1/public/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        open.ShouldBe(["/", "/api/v1/oauth/token", "/health/live", "/health/ready", "/openapi/{documentName}.json"]);
    }

    private static async Task<List<RouteEndpoint>> Endpoints()
    {
        // Nothing is opened: the routes are known before the first connection.
        await using var app = RunningApplication.Build("Host=127.0.0.1;Database=none;Username=none", new TestClock(), ProcessRole.Web);
        return [.. app.Services.GetServices<EndpointDataSource>().Concat(((IEndpointRouteBuilder)app).DataSources).SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()];
    }
}
