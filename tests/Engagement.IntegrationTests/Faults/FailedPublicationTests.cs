using System.Net;
using Engagement.IntegrationTests.Attacks;
using Engagement.IntegrationTests.ClosingTheLoop;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Faults;

/// <summary>The same of the publication of an outcome: the public reads all of it or nothing, and people are told once.</summary>
public sealed class FailedPublicationTests : LoopTest
{
    [Fact]
    public async Task X17_An_outcome_of_which_one_row_cannot_be_written_is_not_published()
    {
        var response = await Respond("Open on Saturdays");
        await Close();
        var theme = await AddTheme("Saturdays");
        await Code(response, theme);
        await CompleteCoding();
        await Decide();
        (await Write(Answer(theme))).EnsureSuccessStatusCode();
        var database = App.Services.GetRequiredService<NpgsqlDataSource>();
        foreach (var table in new[] { "closing_the_loop.outcome_version", "closing_the_loop.loop", "closing_the_loop.history", "platform.outbox", "platform.delivery" })
        {
            await AsAdministrator(RaisedFault.At(table));
            var before = await RecordedState.Of(database);
            using var failed = await PublishOutcome(Approver);

            failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError, table);
            (await failed.Content.ReadAsStringAsync()).ShouldNotContain(RaisedFault.Words);
            (await failed.ProblemCode()).ShouldBe("internal-error");
            (await Scalar<long>(RaisedFault.Tries)).ShouldBe(1, $"{table} must have been written to, or this proves nothing");
            (await RecordedState.Of(database)).ChangesSince(before).ShouldBeEmpty(table);
            await AsAdministrator(RaisedFault.Over);
        }

        (await PublishOutcome(Approver)).EnsureSuccessStatusCode();
        (await Scalar<int>("select count(*) from platform.outbox where type = 'OutcomePublishedV2'")).ShouldBe(1);
        (await PublicOutcome()).GetProperty("outcome").GetProperty("themes").GetArrayLength().ShouldBe(1);
    }
}
