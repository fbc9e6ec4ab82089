using Engagement.Platform.Web;
using Engagement.TestKit;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>The server's limits, met byte by byte. The pace is the product's; the time before it counts is shorter, so that nobody waits.</summary>
public sealed class SlowAndLargeRequestTests : IntegrationTest
{
    private const string Start = "GET /health/live HTTP/1.1\r\n";
    private const string Host = "Host: localhost\r\n";
    private const string Last = "Connection: close\r\n";
    private const string FormOf500 = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\n";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    protected override void Replace(IServiceCollection services) => services.Configure<KestrelServerOptions>(kestrel =>
    {
        kestrel.Limits.RequestHeadersTimeout.ShouldBe(WebRegistration.HeadersHaveTime);
        kestrel.Limits.MinRequestBodyDataRate!.GracePeriod.ShouldBe(WebRegistration.BodyHasTime);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(2);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(WebRegistration.SlowestBody, TimeSpan.FromSeconds(2));
    });

    [Theory]
    [InlineData(0, "HTTP/1.1 200 ")]
    [InlineData(1, "HTTP/1.1 431 ")]
    [Trait("Attack", "G01")]
    public async Task Headers_are_taken_to_the_last_byte_of_the_limit_and_refused_with_one_more(int beyond, string answered)
    {
        const string Name = "X-Long: ";
        var filling = new string('x', WebRegistration.MaximumHeaders + beyond - Host.Length - Last.Length - Name.Length - 2);

        (await Send($"{Start}{Host}{Last}{Name}{filling}\r\n\r\n")).ShouldStartWith(answered);
    }

    [Fact]
    [Trait("Attack", "G01")]
    public async Task Headers_that_do_not_come_to_an_end_are_given_up_and_those_that_pause_are_waited_for()
    {
        var (endless, paused) = (Send(Start + Host, "X-More: yes\r\n"), Send(Start + Host, $"{Last}\r\n"));

        (await endless).ShouldStartWith("HTTP/1.1 408 ");
        (await paused).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Theory]
    [InlineData("/api/v1/oauth/token", "urn:engagement:problem:request-timeout")]
    [InlineData("/updates", "That took too long")]
    [Trait("Attack", "G01")]
    public async Task A_body_that_drips_is_given_up_and_one_that_pauses_is_read(string address, string said)
    {
        var request = $"POST {address} HTTP/1.1\r\n{Host}{Last}{FormOf500}";
        var (drips, pauses) = (Send(request, "a", "="), Send(request, $"a={new string('x', 248)}", new string('x', 250)));

        var refused = await drips;
        refused.ShouldStartWith("HTTP/1.1 408 ");
        refused.ShouldContain(said);
        (await pauses).ShouldStartWith("HTTP/1.1 400 ", customMessage: "it was read, and says nothing that is asked for");
    }

    private Task<string> Send(params string[] parts) => RawRequest.Send(App.Address, Pause, parts);
}
