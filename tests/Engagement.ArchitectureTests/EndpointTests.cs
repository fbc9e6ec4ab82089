using Engagement.Host;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.ArchitectureTests;

public sealed class EndpointTests
{
    [Fact]
    [Trait("Attack", "I01")]
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
    [Trait("Attack", "I01")]
    public async Task Of_the_api_and_the_officers_pages_only_what_leads_in_and_what_is_public_is_open_to_everybody()
    {
        var open = (await Endpoints())
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => Addresses.IsForMachines(p) || p.StartsWith("/admin", StringComparison.Ordinal))
            .Where(p => !p.StartsWith("/api/v1/public/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        open.ShouldBe(
        [
            "/admin/forgotten-password", "/admin/new-password", "/admin/sign-in", "/admin/sign-in/code", "/admin/sign-out",
            "/api/v1/oauth/token", "/health/live", "/health/ready", "/openapi/{documentName}.json",
        ]);
    }

    private static async Task<List<RouteEndpoint>> Endpoints()
    {
        // Nothing is opened: the routes are known before the first connection.
        await using var app = RunningApplication.Build("Host=127.0.0.1;Database=none;Username=none", new TestClock(), ProcessRole.Web);
        return [.. app.Services.GetServices<EndpointDataSource>().Concat(((IEndpointRouteBuilder)app).DataSources).SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()];
    }
}
