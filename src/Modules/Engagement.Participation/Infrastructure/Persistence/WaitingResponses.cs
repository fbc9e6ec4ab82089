using System.Runtime.InteropServices;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Participation.Infrastructure.Persistence;

/// <summary>
/// Stores what participants send, together where several wait at once: in the closing minute one statement and one flush to disk serve
/// many. Each is judged by its own instant and acknowledged only once it is committed, and one that fails harms no other. Where
/// nobody else waits, nothing is waited for.
/// </summary>
internal sealed class WaitingResponses(NpgsqlDataSource dataSource)
{
    private const int MostTogether = 128;

    /// <summary>For each consultation: while one flushes, the next gathers what has come. More than two only got in each other's way.</summary>
    private const int MostWriters = 2;

    /// <summary>About a second's work. Whoever comes then is asked to come again, and is not kept waiting until time runs out.</summary>
    private const int MostWaiting = 4_000;

    /// <summary>Where one connection broke, others that nobody has used since may be broken too.</summary>
    private const int MostTries = 3;

    // The lock is shared: responses do not wait for each other, only the seal waits for them and they for the seal.
    private const string Insert =
        """
        with form as (
          select consultation_id, questionnaire_version, opens_at, closes_at from participation.response_form
           where consultation_id = $1 and not is_withdrawn and sealed_at is null for share)
        insert into participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language,
               on_behalf_of, consent_to_publish, submitted_at, received_on, is_late, entered_after_seal, answers, asked, answers_digest, automation_sign)
        select form.consultation_id, r.id, r.reference, r.idempotency_key, r.fingerprint, 1, r.questionnaire_version, r.channel, r.language,
               r.on_behalf_of, r.consent_to_publish, r.submitted_at, r.received_on, false, false, r.answers, string_to_array(r.asked, ','), r.answers_digest, r.automation_sign
          from form
         cross join unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::timestamptz[],
               $12::date[], $13::jsonb[], $14::text[], $15::bytea[], $16::text[])
               as r (id, reference, idempotency_key, fingerprint, questionnaire_version, channel, language, on_behalf_of, consent_to_publish, submitted_at,
               received_on, answers, asked, answers_digest, automation_sign)
         where form.questionnaire_version = r.questionnaire_version and form.opens_at <= r.submitted_at and r.submitted_at < form.closes_at
            on conflict (consultation_id, idempotency_key) do nothing
        returning id
        """;

    private readonly Lock gate = new();
    private readonly Dictionary<ConsultationId, Lane> lanes = [];

    /// <inheritdoc cref="Application.Responses.IResponseStore.Store"/>
    /// <exception cref="TimeoutException">Too many wait already.</exception>
    public Task<StoredAs> Store(Response response, SentDraft? draft, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(response, draft, cancellationToken);
        lock (gate)
        {
            ref var lane = ref CollectionsMarshal.GetValueRefOrAddDefault(lanes, response.ConsultationId, out _);
            lane ??= new Lane(response.ConsultationId);
            if (lane.Waiting.Count >= MostWaiting)
            {
                throw new TimeoutException("More responses wait to be stored than can be in time.");
            }

            lane.Waiting.Enqueue(waiting);
            if (lane.Writers < MostWriters)
            {
                lane.Writers++;
                ThreadPool.UnsafeQueueUserWorkItem(l => _ = Write(l), lane, preferLocal: false);
            }
        }

        return waiting.Stored.Task.WaitAsync(cancellationToken);
    }

    private async Task Write(Lane lane)
    {
        while (Next(lane) is { Count: > 0 } together)
        {
            await Store(lane.Consultation, together);
        }
    }

    private List<Waiting> Next(Lane lane)
    {
        lock (gate)
        {
            var together = new List<Waiting>(Math.Min(lane.Waiting.Count, MostTogether));
            while (together.Count < MostTogether && lane.Waiting.TryDequeue(out var waiting))
            {
                // Whoever has gone meanwhile is not told, so nothing is stored for them.
                if (!waiting.Left.IsCancellationRequested)
                {
                    together.Add(waiting);
                }
            }

            if (together.Count == 0 && --lane.Writers == 0)
            {
                lanes.Remove(lane.Consultation);
            }

            return together;
        }
    }

    /// <param name="broken">What became of an earlier try is not known since then: a later error does not say more.</param>
    private async Task Store(ConsultationId consultation, IReadOnlyList<Waiting> together, int tries = 1, NpgsqlException? broken = null)
    {
        try
        {
            var stored = await Execute(consultation, together);
            foreach (var waiting in together)
            {
                waiting.Stored.TrySetResult(stored.GetValueOrDefault(waiting.Response.Id.Value));
            }
        }
        catch (PostgresException error) when (together.Count > 1 && IsOfOneRow(error))
        {
            foreach (var waiting in together)
            {
                await Store(consultation, [waiting], broken: broken);
            }
        }
        catch (PostgresException error) when (error is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: ResponseStore.ReferenceIndex })
        {
            // One in 10^18 for each pair of responses.
            together[0].TakeAnotherReference();
            await Store(consultation, together, broken: broken);
        }
        catch (NpgsqlException error) when (tries < MostTries && IsOfTheConnection(error))
        {
            // What had been committed before it broke is not stored again: of that, whoever waits finds the receipt by their key.
            await Store(consultation, together, tries + 1, broken ?? error);
        }
        catch (Exception error)
        {
            foreach (var waiting in together)
            {
                waiting.Stored.TrySetException(broken ?? error);
            }
        }
    }

    /// <summary>Data (22), a constraint (23), a limit (54) or a deadlock (40): the others would be stored. A lock, a full disk or a lost server is everybody's.</summary>
    private static bool IsOfOneRow(PostgresException error) => error.SqlState[..2] is "22" or "23" or "40" or "54";

    /// <summary>It broke, or was taken away: another one may do. A server that says nothing is not asked again.</summary>
    private static bool IsOfTheConnection(NpgsqlException error) => error.InnerException is IOException || error.SqlState == PostgresErrorCodes.AdminShutdown;

    /// <returns>Those that were stored.</returns>
    private async Task<Dictionary<Guid, StoredAs>> Execute(ConsultationId consultation, IReadOnlyList<Waiting> together)
    {
        // In one order everywhere: two statements that hold the same keys wait for each other only one way.
        var rows = together.Count == 1 ? [together[0].Response] : together.Select(w => w.Response).OrderBy(r => r.IdempotencyKey, StringComparer.Ordinal).ToArray();
        var insert = new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                new() { Value = consultation.Value },
                Each(NpgsqlDbType.Uuid, r => r.Id.Value),
                Each(NpgsqlDbType.Text, r => r.Reference),
                Each(NpgsqlDbType.Text, r => r.IdempotencyKey),
                Each(NpgsqlDbType.Bytea, r => r.Fingerprint),
                Each(NpgsqlDbType.Integer, r => r.QuestionnaireVersion),
                Each(NpgsqlDbType.Text, r => r.Channel.ToString()),
                Each(NpgsqlDbType.Text, r => r.Language),
                Each(NpgsqlDbType.Text, r => r.OnBehalfOf),
                Each(NpgsqlDbType.Boolean, r => r.ConsentToPublish),
                Each(NpgsqlDbType.TimestampTz, r => r.SubmittedAt),
                Each(NpgsqlDbType.Date, r => r.ReceivedOn),
                Each(NpgsqlDbType.Jsonb, r => r.Answers),
                Each(NpgsqlDbType.Text, r => string.Join(',', r.Asked)),
                Each(NpgsqlDbType.Bytea, r => r.AnswersDigest),
                Each(NpgsqlDbType.Text, r => r.AutomationSign?.ToString()),
            },
        };
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(insert);
        var drafts = together.Where(w => w.Draft is not null).ToList();
        foreach (var waiting in drafts)
        {
            batch.BatchCommands.Add(DraftStore.NoteSent(waiting.Draft!, waiting.Response));
        }

        var stored = new Dictionary<Guid, StoredAs>(rows.Length);
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                stored.Add(reader.GetGuid(0), StoredAs.Response);
            }

            await reader.NextResultAsync();
        }

        foreach (var (place, waiting) in drafts.Index())
        {
            if (batch.BatchCommands[place + 1].RecordsAffected == 1)
            {
                stored[waiting.Response.Id.Value] = StoredAs.ResponseAndDraft;
            }
        }

        return stored;

        NpgsqlParameter Each<T>(NpgsqlDbType type, Func<Response, T> value) =>
            new NpgsqlParameter<T[]> { TypedValue = Array.ConvertAll(rows, r => value(r)), NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    private sealed class Lane(ConsultationId consultation)
    {
        public ConsultationId Consultation => consultation;

        public Queue<Waiting> Waiting { get; } = new();

        public int Writers { get; set; }
    }

    private sealed class Waiting(Response response, SentDraft? draft, CancellationToken left)
    {
        public Response Response => response;

        public SentDraft? Draft { get; private set; } = draft;

        public CancellationToken Left => left;

        /// <summary>Its request goes on elsewhere: whoever writes does not do the rest of everybody's work.</summary>
        public TaskCompletionSource<StoredAs> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The draft holds the receipt of the one before: it is noted as sent by whoever waits.</summary>
        public void TakeAnotherReference()
        {
            response.TakeAnotherReference();
            Draft = null;
        }
    }
}
