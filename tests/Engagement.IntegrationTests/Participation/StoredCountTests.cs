using System.Diagnostics.Metrics;
using System.Net;
using Engagement.IntegrationTests.Faults;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Participation;

/// <summary>What monitoring is told of stored responses is what is stored: whichever way they come, each is counted once and after its commit.</summary>
public sealed class StoredCountTests : ParticipationTest, IDisposable
{
    private readonly MeterListener listener = new();
    private long counted;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var own = App.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "engagement.responses.stored" && instrument.Meter.Scope == own)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref counted, count));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task A_response_with_an_address_is_counted_when_all_of_it_is_committed()
    {
        var key = NewKey();
        var body = new { answers = new { q1 = "yes" }, email = "resident@example.org" };
        await AsAdministrator(RaisedFault.AtCommit("participation.response"));
        (await Post(body, key)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Scalar<long>(RaisedFault.Tries)).ShouldBe(1);
        (counted, await Stored()).ShouldBe((0, 0));

        await AsAdministrator(RaisedFault.Over);
        await Post(body, key).Success();
        await Post(body, key).Success();

        (counted, await Stored()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_response_that_is_stored_alone_is_counted_when_it_is_stored()
    {
        var key = NewKey();
        await AsAdministrator(RaisedFault.AtCommit("participation.response"));
        (await Post(Answers(), key)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (counted, await Stored()).ShouldBe((0, 0));

        await AsAdministrator(RaisedFault.Over);
        await Post(Answers(), key).Success();
        await Post(Answers(), key).Success();

        (counted, await Stored()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_logged_response_is_counted_when_the_transaction_of_its_key_has_committed()
    {
        using var clerk = await Client("participation:write");
        var key = NewKey();
        Task<HttpResponseMessage> Log() => SendJson(
            clerk, HttpMethod.Post, $"/api/v1/consultations/{Consultation.Id}/responses", new { channel = "email", receivedAt = Clock.Now, answers = new { q1 = "no" } }, ("Idempotency-Key", key));
        await AsAdministrator(RaisedFault.At("platform.idempotency", "new.status is not null"));
        (await Log()).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Scalar<long>(RaisedFault.Tries)).ShouldBe(1);
        (counted, await Stored()).ShouldBe((0, 0));

        await AsAdministrator(RaisedFault.AtCommit("participation.response"));
        (await Log()).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (counted, await Stored()).ShouldBe((0, 0));

        await AsAdministrator(RaisedFault.Over);
        await Log().Success();
        await Log().Success();

        (counted, await Stored()).ShouldBe((1, 1));
    }
}
