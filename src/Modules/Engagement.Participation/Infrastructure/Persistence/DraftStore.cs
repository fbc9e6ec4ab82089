using Engagement.Consultations.Contracts;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Domain;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class DraftStore(ParticipationDbContext db, NpgsqlDataSource dataSource) : IDraftStore
{
    // By the code alone: with the consultation beside it, a table that was never analysed was read by all drafts of the consultation.
    public const string Select =
        """
        select id, version, questionnaire_version, content, created_at, changed_at, late_at, sent_at, reminder, links_sent, consultation_id
          from participation.draft where code_hash = $1
        """;

    private const string Insert =
        """
        insert into participation.draft (id, version, questionnaire_version, content, changed_at, late_at, consultation_id, code_hash, created_at, links_sent)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $5, 0)
        """;

    private const string Update =
        """
        update participation.draft
           set version = $2, questionnaire_version = $3, content = $4, changed_at = $5, late_at = $6, sent_at = $7, reminder = case when $7 is null then reminder end
         where id = $1 and version = $2 - 1 and sent_at is null
        """;

    // Of a response that was not stored, and of a draft that was written meanwhile, nothing is noted. One that is held at the moment is not waited for: others wait for this.
    private const string Sent =
        """
        update participation.draft
           set version = $2, content = $3, changed_at = $4, sent_at = $4, late_at = null, reminder = null
         where id = (select id from participation.draft where id = $1 and version = $2 - 1 and sent_at is null for update skip locked)
           and exists (select from participation.response where consultation_id = $5 and id = $6)
        """;

    /// <summary>Notes that the draft was sent, after the statement that stores the response, and in its transaction.</summary>
    public static NpgsqlBatchCommand NoteSent(SentDraft draft, Response response) => new(Sent)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = draft.Id },
            new NpgsqlParameter<int> { TypedValue = draft.Version },
            new NpgsqlParameter<byte[]> { TypedValue = draft.Content },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = draft.At },
            new NpgsqlParameter<Guid> { TypedValue = response.ConsultationId.Value },
            new NpgsqlParameter<Guid> { TypedValue = response.Id.Value },
        },
    };

    public async Task<Draft?> Find(byte[] codeHash, ConsultationId consultation, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = codeHash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) || reader.GetGuid(10) != consultation.Value ? null : Draft.Stored(
            reader.GetGuid(0), consultation, codeHash, reader.GetInt32(1), reader.GetInt32(2), (byte[])reader[3], reader.GetFieldValue<DateTimeOffset>(4),
            reader.GetFieldValue<DateTimeOffset>(5), At(6), At(7), reader.IsDBNull(8) ? null : (byte[])reader[8], reader.GetInt32(9));

        DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }

    public async Task<bool> Keep(Draft draft, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(draft.Version == 1 ? Insert : Update);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = draft.Id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = draft.Version });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = draft.QuestionnaireVersion });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = draft.Content });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = draft.ChangedAt });
        command.Parameters.Add(Instant(draft.LateAt));
        if (draft.Version == 1)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = draft.ConsultationId.Value });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = draft.CodeHash });
        }
        else
        {
            command.Parameters.Add(Instant(draft.SentAt));
        }

        var isKept = await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        db.NoteCommit();
        return isKept;
    }

    private static NpgsqlParameter Instant(DateTimeOffset? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
