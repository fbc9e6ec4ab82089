using System.Globalization;
using System.Net;
using Engagement.TestKit;
using Npgsql;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>Where each answer takes long, whoever waits for a turn is told to come again, and not kept until they give up.</summary>
public sealed class TurnTests : IntegrationTest
{
    private const int AtOnce = 2;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["RateLimits:AtOnce"] = AtOnce.ToString(CultureInfo.InvariantCulture),
        ["RateLimits:LongestWait"] = "00:00:00.2",
        ["Proxies:Trusted"] = "127.0.0.1",
    };

    [Fact]
    [Trait("Attack", "G11")]
    public async Task X12_Whoever_waits_too_long_behind_a_crowd_or_behind_themselves_is_told_to_come_again()
    {
        (await From("203.0.113.8", "for-the-first-time")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var connection = new NpgsqlConnection((await TestServer.Instance).AsAdministrator(ConnectionString) + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table consultations.consultation in access exclusive mode", connection, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var answered = Enumerable.Range(1, AtOnce).Select(n => From($"203.0.113.{n}", "about-one")).ToList();
        await using var owner = NpgsqlDataSource.Create(ConnectionString);
        await using var waiting = owner.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        await AllAreBeingAnswered();
        using (var behindACrowd = await BeforeThem(From("203.0.113.9", "about-one"), "behind a crowd"))
        {
            behindACrowd.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            behindACrowd.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        }

        answered.Add(From("203.0.113.1", "about-another"));
        await AllAreBeingAnswered();
        using (var behindThemselves = await BeforeThem(From("203.0.113.1", "about-a-third"), "behind themselves"))
        {
            behindThemselves.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            behindThemselves.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        }

        await transaction.RollbackAsync();
        (await Task.WhenAll(answered)).Select(a => a.StatusCode).ShouldBe(Enumerable.Repeat(HttpStatusCode.NotFound, answered.Count));
        (await From("203.0.113.1", "about-one")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "whoever was answered gives their turn back");

        async Task AllAreBeingAnswered()
        {
            while ((long)(await waiting.ExecuteScalarAsync())! < answered.Count)
            {
                answered.Any(a => a.IsCompleted).ShouldBeFalse("they must wait for the table, or this proves nothing");
            }
        }

        // Those in front give up in the end themselves, when they have waited for the table too long.
        async Task<HttpResponseMessage> BeforeThem(Task<HttpResponseMessage> refused, string where)
        {
            (await Task.WhenAny([refused, .. answered]) == refused).ShouldBeTrue($"whoever waits {where} was kept until those in front of them were done");
            return await refused;
        }
    }

    private async Task<HttpResponseMessage> From(string address, string slug)
    {
        using var anyone = App.Anyone();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/public/consultations/{slug}");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        return await anyone.SendAsync(request);
    }
}
