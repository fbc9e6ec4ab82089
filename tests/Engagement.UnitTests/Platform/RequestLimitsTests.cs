using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Engagement.Platform.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Engagement.UnitTests.Platform;

public sealed class RequestLimitsTests
{
    [Fact]
    [Trait("Attack", "G11")]
    public async Task The_crowd_of_one_consultation_waits_its_turn_and_another_consultations_goes_on()
    {
        await using var database = NpgsqlDataSource.Create("Host=127.0.0.1;Database=nobody-connects");
        var options = Options.Create(new RateLimitOptions { AtOnce = 2 });
        using var limits = new RequestLimits(new AccountQuota(database, TimeProvider.System, options), TimeProvider.System, options, NullLogger<RequestLimits>.Instance);
        var answered = new TaskCompletionSource();
        var running = 0;
        var crowd = Enumerable.Range(1, 20).Select(i => limits.KeepToItsPart(About("buses", i), Slowly)).ToList();

        running.ShouldBe(2);
        var other = About("parks", 21);
        await limits.KeepToItsPart(other, _ => Task.CompletedTask);
        other.Response.StatusCode.ShouldBe(StatusCodes.Status200OK);
        answered.SetResult();
        await Task.WhenAll(crowd);
        running.ShouldBe(20);

        Task Slowly(HttpContext context)
        {
            Interlocked.Increment(ref running);
            return answered.Task;
        }
    }

    [Fact]
    public async Task Of_those_who_wait_for_the_same_consultation_whoever_came_first_is_next()
    {
        await using var database = NpgsqlDataSource.Create("Host=127.0.0.1;Database=nobody-connects");
        var options = Options.Create(new RateLimitOptions { AtOnce = 1 });
        using var limits = new RequestLimits(new AccountQuota(database, TimeProvider.System, options), TimeProvider.System, options, NullLogger<RequestLimits>.Instance);
        var begun = Channel.CreateUnbounded<(int Place, TaskCompletionSource Answered)>();
        var crowd = Enumerable.Range(1, 5).Select(place => limits.KeepToItsPart(About("buses", place), _ => Answer(place))).ToList();

        for (var place = 1; place <= crowd.Count; place++)
        {
            var next = await begun.Reader.ReadAsync();
            next.Place.ShouldBe(place);
            next.Answered.SetResult();
        }

        await Task.WhenAll(crowd);

        async Task Answer(int place)
        {
            var answered = new TaskCompletionSource();
            await begun.Writer.WriteAsync((place, answered));
            await answered.Task;
        }
    }

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5")]
    [InlineData("::ffff:203.0.113.5", "203.0.113.5")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void An_address_stands_for_one_connection(string address, string block) => AddressBlock.Of(IPAddress.Parse(address)).ShouldBe(block);

    [Fact]
    public void A_window_ends_for_everybody_at_the_same_instant()
    {
        var clock = new SetClock();
        var counter = new WindowCounter(clock, "pages", quota: 2, TimeSpan.FromMinutes(1));

        counter.Take("a").Remaining.ShouldBe(1);
        counter.Take("a").IsExceeded.ShouldBeFalse();
        counter.Take("a").IsExceeded.ShouldBeTrue();
        counter.Take("b").Remaining.ShouldBe(1);
        clock.Now = clock.Now.AddSeconds(20);
        counter.Take("a").Reset.ShouldBe(TimeSpan.FromSeconds(10));
        clock.Now = clock.Now.AddSeconds(10).AddTicks(-1);
        counter.Take("a").IsExceeded.ShouldBeTrue();
        clock.Now = clock.Now.AddTicks(1);
        counter.Take("a").Remaining.ShouldBe(1);
    }

    private static DefaultHttpContext About(string slug, int address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"203.0.113.{address}"));
        context.Request.RouteValues["slug"] = slug;
        return context;
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 9, 0, 30, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
