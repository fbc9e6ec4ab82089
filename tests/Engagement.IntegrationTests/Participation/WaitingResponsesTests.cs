using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Participation;

/// <summary>Responses that wait at once are stored by one statement, and each still for itself.</summary>
public sealed class WaitingResponsesTests : ParticipationTest
{
    private const string Taken = "taken";
    private const string NotTaken = "not taken";
    private const string Nothing = "select 1 where $1 is not null";

    /// <summary>As many as there are writers for one consultation.</summary>
    private const int Heads = 2;

    [Fact]
    public async Task Many_that_wait_are_stored_together_and_one_that_cannot_be_harms_no_other()
    {
        var good = Enumerable.Range(0, 20).Select(_ => Make()).ToList();
        var broken = Make(onBehalfOf: new string('x', 201));

        var outcomes = await StoreWhileOthersHoldTheForm([.. good, broken]);

        outcomes.Take(20).ShouldAllBe(o => o == Taken);
        outcomes[20].ShouldBe(PostgresErrorCodes.StringDataRightTruncation);
        (await Stored()).ShouldBe(20 + Heads);

        // One transaction wrote those that waited; the one that harmed it was sorted out, so here each has its own.
        var together = Enumerable.Range(0, 20).Select(_ => Make()).ToList();
        (await StoreWhileOthersHoldTheForm([.. together])).ShouldAllBe(o => o == Taken);
        (await Scalar<int>("select count(distinct xmin::text) from participation.response where id = any($1)", together.Select(r => r.Id.Value).ToArray())).ShouldBe(1);
    }

    [Fact]
    public async Task Each_of_those_that_wait_is_judged_by_its_own_arrival()
    {
        var outcomes = await StoreWhileOthersHoldTheForm(
            Make(arrived: OpensAt.AddMicroseconds(-1)), Make(arrived: OpensAt), Make(arrived: ClosesAt.AddMicroseconds(-1)), Make(arrived: ClosesAt));

        outcomes.ShouldBe([NotTaken, Taken, Taken, NotTaken]);
        (await Stored()).ShouldBe(2 + Heads);
    }

    [Fact]
    public async Task Of_two_that_wait_with_one_key_one_is_stored()
    {
        var key = NewKey();

        var outcomes = await StoreWhileOthersHoldTheForm(Make(key), Make(key), Make());

        outcomes.Count(o => o == Taken).ShouldBe(2);
        (await Stored()).ShouldBe(2 + Heads);
    }

    [Fact]
    public async Task What_waits_when_the_set_is_sealed_is_not_stored()
    {
        var outcomes = await StoreWhileOthersHoldTheForm(
            [Make(), Make()], "update participation.response_form set sealed_at = now(), sealed_count = 0, sealed_digest = '' where consultation_id = $1");

        outcomes.ShouldAllBe(o => o == NotTaken);
        (await Stored()).ShouldBe(0);
    }

    [Fact]
    public async Task Those_whose_connection_is_taken_away_are_stored_by_another_once_each()
    {
        var outcomes = await StoreWhileOthersHoldTheForm(
            [Make(), Make()],
            Nothing,
            () => AsAdministrator("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"));

        outcomes.ShouldAllBe(o => o == Taken);
        (await Stored()).ShouldBe(2 + Heads);
    }

    private Task<string[]> StoreWhileOthersHoldTheForm(params Response[] responses) => StoreWhileOthersHoldTheForm(responses, Nothing);

    /// <summary>Two at the head keep both writers waiting, so that the rest gathers behind them.</summary>
    /// <param name="meanwhile">What the holder of the form does before letting go.</param>
    /// <param name="toThoseWhoWait">What somebody else does before that.</param>
    private async Task<string[]> StoreWhileOthersHoldTheForm(Response[] responses, string meanwhile, Func<Task>? toThoseWhoWait = null)
    {
        var waiting = App.Services.GetRequiredService<WaitingResponses>();
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Execute("select from participation.response_form where consultation_id = $1 for update");
        await using var owner = NpgsqlDataSource.Create(ConnectionString);
        var heads = new List<Task<StoredAs>>();
        while (heads.Count < Heads)
        {
            heads.Add(waiting.Store(Make(arrived: ClosesAt.AddMinutes(-1)), draft: null, CancellationToken.None));
            while (await WaitingForLocks(owner) < heads.Count)
            {
                heads.ShouldAllBe(h => !h.IsCompleted, "they must wait for the form, or this proves nothing");
            }
        }

        var stored = responses.Select(r => waiting.Store(r, draft: null, CancellationToken.None)).ToArray();
        await (toThoseWhoWait?.Invoke() ?? Task.CompletedTask);
        await Execute(meanwhile);
        await transaction.CommitAsync();
        await Task.WhenAll(heads);
        return await Task.WhenAll(stored.Select(OutcomeOf));

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction) { Parameters = { new() { Value = Consultation.Id.Value } } };
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<long> WaitingForLocks(NpgsqlDataSource owner)
    {
        await using var command = owner.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> OutcomeOf(Task<StoredAs> storing)
    {
        try
        {
            return await storing == StoredAs.Response ? Taken : NotTaken;
        }
        catch (PostgresException error)
        {
            return error.SqlState;
        }
    }

    private Response Make(string? key = null, DateTimeOffset? arrived = null, string? onBehalfOf = null)
    {
        var sheet = AnswerSheet.Check(Questions, new Dictionary<string, AnswerValue?> { ["q1"] = AnswerValue.Of("yes") });
        return Response.Submit(
            new SubmissionFacts(Consultation.Id, key ?? NewKey(), [1], Consultation.QuestionnaireVersion!.Value, ResponseChannel.Web, "en", onBehalfOf, false, arrived ?? Clock.Now),
            StoredAnswers.Of(Questions, sheet));
    }
}
