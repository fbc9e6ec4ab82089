using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Platform.Audit;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Participation;

public sealed class SealResponsesTests : ParticipationTest
{
    [Fact]
    public async Task Seals_the_counted_responses_with_a_digest_that_anybody_can_compute_from_the_rows()
    {
        await Respond(new { answers = new { q1 = "yes", q4 = 1.50, q3 = "Ünïcode \"quoted\" \\ <b>" } });
        var withdrawn = await Respond();
        await SendJson(Anyone, HttpMethod.Delete, $"/api/v1/public/responses/{withdrawn.Reference}", null, ("Receipt-Secret", withdrawn.Secret), ("If-Match", "\"1\""));
        await Respond(Answers("no"));

        await CloseAndSeal();

        (await Scalar<int>("select sealed_count from participation.response_form")).ShouldBe(2);
        (await Scalar<string>("select sealed_digest from participation.response_form")).ShouldBe(await DigestOfRows());
        (await Scalar<int>("select count(*) from platform.outbox where type = 'ResponsesSealedV1'")).ShouldBe(1);
    }

    [Fact]
    public async Task Waits_for_the_end_of_the_drain_window_and_seals_once()
    {
        await Respond();
        Clock.MoveTo(ClosesAt);
        await Publish(new ConsultationClosingV1(Guid.CreateVersion7(), Consultation.Id, ClosesAt, SealAt, ClosesAt));
        await Publish(new ConsultationClosingV1(Guid.CreateVersion7(), Consultation.Id, ClosesAt, SealAt, ClosesAt));
        Clock.MoveTo(SealAt.AddMicroseconds(-1));
        await RunJob<SealDueResponsesJob>();
        (await Scalar<int>("select count(*) from participation.response_form where sealed_at is not null")).ShouldBe(0);

        Clock.MoveTo(SealAt);
        await RunJob<SealDueResponsesJob>();
        await RunJob<SealDueResponsesJob>();

        (await Scalar<int>("select count(*) from participation.response_form where sealed_at is not null")).ShouldBe(1);
        (await Scalar<int>("select count(*) from platform.outbox where type = 'ResponsesSealedV1'")).ShouldBe(1);
        (await Scalar<int>("select count(*) from participation.history where event = 'ResponseFormClosing'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_set_is_sealed_too()
    {
        await CloseAndSeal();

        (await Scalar<int>("select sealed_count from participation.response_form")).ShouldBe(0);
        (await Scalar<string>("select sealed_digest from participation.response_form")).ShouldBe(Convert.ToHexStringLower(SHA256.HashData([])));
    }

    [Fact]
    public async Task The_seal_waits_for_a_response_that_is_being_stored_and_counts_it()
    {
        await Respond();
        Clock.MoveTo(ClosesAt);
        await Publish(new ConsultationClosingV1(Guid.CreateVersion7(), Consultation.Id, ClosesAt, SealAt, ClosesAt));
        Clock.MoveTo(SealAt);
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select 1 from participation.response_form for share", connection, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var sealing = RunJob<SealDueResponsesJob>();
        await Task.Delay(300);
        sealing.IsCompleted.ShouldBeFalse("the set must not be sealed over a response that is on its way in");
        await using (var insert = new NpgsqlCommand(
            """
            insert into participation.response
            select consultation_id, gen_random_uuid(), '0123456789AB', 'public:anyone slow-request-00001', fingerprint, 1, questionnaire_version, channel, language, on_behalf_of, consent_to_publish,
                   submitted_at, received_on, is_late, entered_after_seal, logged_by, changed_at, withdrawn_at, ruling, ruled_by, ruled_at, ruling_reason, answers, asked, answers_digest
              from participation.response
            """, connection, transaction))
        {
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        await sealing;

        (await Scalar<int>("select sealed_count from participation.response_form")).ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_stored_into_a_sealed_set_though_it_arrived_in_time()
    {
        await CloseAndSeal();
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));

        var answer = await Post(Answers());

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ProblemCode()).ShouldBe("consultation-closed");
        (await Stored()).ShouldBe(0);
    }

    [Theory]
    [InlineData("update participation.response set answers = '{}'")]
    [InlineData("update participation.response set withdrawn_at = submitted_at, version = version + 1")]
    [InlineData("update participation.response set consultation_id = gen_random_uuid()")]
    [InlineData("delete from participation.response")]
    [InlineData("update participation.response_form set sealed_count = 7")]
    [InlineData("update participation.response_form set closes_at = closes_at + interval '1 day'")]
    [InlineData("delete from participation.response_form")]
    [InlineData("update participation.questionnaire_version set content_json = '{}'")]
    [InlineData("delete from participation.response_version")]
    [InlineData("delete from participation.history")]
    [Trait("Attack", "E17")]
    public async Task The_programs_own_role_cannot_change_what_is_sealed(string statement)
    {
        await Respond();
        await CloseAndSeal();

        var refusal = await Should.ThrowAsync<PostgresException>(async () =>
        {
            await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        });

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await Scalar<string>("select sealed_digest from participation.response_form")).ShouldBe(await DigestOfRows());
    }

    [Fact]
    public async Task Before_the_seal_the_role_may_change_an_answer_but_not_where_it_came_from()
    {
        await Respond();
        await using var change = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("update participation.response set language = 'cy'");
        (await change.ExecuteNonQueryAsync()).ShouldBe(1);

        await using var forge = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("update participation.response set submitted_at = submitted_at - interval '1 day'");
        (await Should.ThrowAsync<PostgresException>(() => forge.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private async Task<string> DigestOfRows()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select id, version, answers::text from participation.response where withdrawn_at is null and not is_late order by id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var version = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(version, reader.GetInt32(1));
            hash.AppendData(reader.GetGuid(0).ToByteArray(bigEndian: true));
            hash.AppendData(version);
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Of(JsonNode.Parse(reader.GetString(2))))));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
