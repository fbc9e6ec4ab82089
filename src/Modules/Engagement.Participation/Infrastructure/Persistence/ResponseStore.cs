using Engagement.Consultations.Contracts;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Platform.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class ResponseStore(ParticipationDbContext db, WaitingResponses waiting, NpgsqlDataSource dataSource, ProgramMetrics metrics) : IResponseStore
{
    public const string ReferenceIndex = "response_reference";

    // The lock is shared: responses do not wait for each other, only the seal waits for them and they for the seal.
    private const string Insert =
        """
        insert into participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language,
               on_behalf_of, consent_to_publish, submitted_at, received_on, is_late, entered_after_seal, logged_by, answers, asked, answers_digest, automation_sign)
        select f.consultation_id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
          from participation.response_form f
         where f.consultation_id = $1 and f.questionnaire_version = $7 and not f.is_withdrawn and
        """;

    private const string SentByTheParticipant = " f.sealed_at is null and f.opens_at <= $12 and $12 < f.closes_at";
    private const string LoggedInTime = " f.sealed_at is null";
    private const string LoggedAfterTheSeal = " f.sealed_at is not null";
    private const string LoggedLate = " true";

    private const string Ending = " for share of f on conflict (consultation_id, idempotency_key) do nothing";

    private const string Select =
        """
        select consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language, on_behalf_of, consent_to_publish, submitted_at,
               received_on, is_late, entered_after_seal, logged_by, changed_at, withdrawn_at, ruling, answers, asked,
               exists (select from participation.equality_answers where id = $2)
          from participation.response where reference = $1
        """;

    public async Task<StoredAs> Store(Response response, SentDraft? draft, CancellationToken cancellationToken)
    {
        var stored = await waiting.Store(response, draft, cancellationToken);

        // Also where it was stored before: what comes to nothing after this does not undo it.
        db.NoteCommit();
        if (stored != StoredAs.Nothing)
        {
            Count(response);
        }

        return stored;
    }

    public async Task<StoredAs> StoreWithTheRest(Response response, SentDraft? draft, CancellationToken cancellationToken)
    {
        var stored = await Execute(Insert + ConditionOf(response) + Ending, response, draft, cancellationToken);
        if (stored != StoredAs.Nothing)
        {
            db.AfterCommit(() => Count(response));
        }

        return stored;
    }

    public async Task<(Response? Response, bool HasEqualityAnswers)> Find(string reference, Guid equalityAnswers, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reference });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = equalityAnswers });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? (null, false) : (
            Response.Stored(
                new SubmissionFacts(
                    new ConsultationId(reader.GetGuid(0)), reader.GetString(3), reader.GetFieldValue<byte[]>(4), reader.GetInt32(6), Enum.Parse<ResponseChannel>(reader.GetString(7)),
                    reader.GetString(8), TextAt(9), reader.GetBoolean(10), reader.GetFieldValue<DateTimeOffset>(11), reader.GetFieldValue<DateOnly>(12),
                    reader.GetBoolean(13) ? Arrival.Late : reader.GetBoolean(14) ? Arrival.EnteredAfterSeal : Arrival.InTime, TextAt(15)),
                new ResponseId(reader.GetGuid(1)), reader.GetString(2), reader.GetInt32(5), At(16), At(17), TextAt(18) is { } ruling ? Enum.Parse<Ruling>(ruling) : null,
                reader.GetString(19), reader.GetFieldValue<string[]>(20)),
            reader.GetBoolean(21));

        string? TextAt(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }

    public async Task<Guid> KeepContact(Contact contact, Response response, CancellationToken cancellationToken)
    {
        var id = await db.Database.SqlQuery<Guid>(
            $"""
            insert into participation.contact (id, consultation_id, address_hash, address, created_at)
            values ({contact.Id}, {contact.ConsultationId.Value}, {contact.AddressHash}, {contact.Address}, {contact.CreatedAt})
            on conflict (consultation_id, address_hash) do update set unsubscribed_at = null
            returning id as "Value"
            """).ToListAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into participation.contact_response (contact_id, consultation_id, response_id, linked_at)
            values ({id[0]}, {contact.ConsultationId.Value}, {response.Id.Value}, {contact.CreatedAt}) on conflict do nothing
            """,
            cancellationToken);
        return id[0];
    }

    private void Count(Response response) => metrics.ResponseStored(response.Channel.ToString().ToLowerInvariant());

    private static string ConditionOf(Response response) =>
        response.LoggedBy is null ? SentByTheParticipant
        : response.IsLate ? LoggedLate
        : response.EnteredAfterSeal ? LoggedAfterTheSeal
        : LoggedInTime;

    private async Task<StoredAs> Execute(string sql, Response r, SentDraft? draft, CancellationToken cancellationToken)
    {
        var insert = new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new() { Value = r.ConsultationId.Value },
                new() { Value = r.Id.Value },
                new() { Value = r.Reference },
                new() { Value = r.IdempotencyKey },
                new() { Value = r.Fingerprint },
                new() { Value = r.Version },
                new() { Value = r.QuestionnaireVersion },
                new() { Value = r.Channel.ToString() },
                new() { Value = r.Language },
                Text(r.OnBehalfOf),
                new() { Value = r.ConsentToPublish },
                new() { Value = r.SubmittedAt },
                new() { Value = r.ReceivedOn },
                new() { Value = r.IsLate },
                new() { Value = r.EnteredAfterSeal },
                Text(r.LoggedBy),
                new() { Value = r.Answers, NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = r.Asked },
                new() { Value = r.AnswersDigest },
                Text(r.AutomationSign?.ToString()),
            },
        };
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction())
        {
            BatchCommands = { insert },
        };
        if (draft is not null)
        {
            batch.BatchCommands.Add(DraftStore.NoteSent(draft, r));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        return insert.RecordsAffected == 0 ? StoredAs.Nothing
            : draft is not null && batch.BatchCommands[1].RecordsAffected == 1 ? StoredAs.ResponseAndDraft
            : StoredAs.Response;
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
