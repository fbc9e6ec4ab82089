using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;

namespace Engagement.IntegrationTests.Faults;

/// <summary>A database that takes no writes, because it is full (53100) or has just become another's copy (25006), is read from.</summary>
public sealed class NoWritesTests : IntegrationTest
{
    [Theory]
    [InlineData("25006")]
    [InlineData("53100")]
    public async Task X15_X19_Clients_and_officers_go_on_reading_although_their_reading_cannot_be_noted(string state)
    {
        using var client = await Client("consultations:read");
        using var officer = await Officer("administrator");
        await AsAdministrator($"""
            create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'no writes' using errcode = '{state}'; end $$;
            create trigger refuse before insert or update on platform.account_use for each row execute function public.refuse();
            create trigger refuse before insert or update on access.session for each row execute function public.refuse();
            """);
        Clock.Advance(TimeSpan.FromMinutes(2));

        for (var request = 0; request < 3; request++)
        {
            using var answer = await client.GetAsync("/api/v1/consultations");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.GetValues("RateLimit").Single().ShouldStartWith($"\"default\";r={999_999 - request};");
        }

        using var page = await officer.GetAsync("/admin");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("25006")]
    [InlineData("53100")]
    public async Task X15_X19_Whoever_cannot_be_served_is_told_when_to_come_again(string state)
    {
        using var client = await Client("engagements:write");
        await AsAdministrator($"""
            create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'no writes' using errcode = '{state}'; end $$;
            create trigger refuse before insert on engagements.engagement for each row execute function public.refuse();
            """);

        var wire = new JsonSerializerOptions();
        WebRegistration.Configure(wire);
        using var answer = await client.PostAsJsonAsync("/api/v1/engagements", SamplePlan.Complete, wire);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
    }
}
