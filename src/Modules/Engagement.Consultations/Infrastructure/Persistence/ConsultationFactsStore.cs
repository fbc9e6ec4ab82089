using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Npgsql;

namespace Engagement.Consultations.Infrastructure.Persistence;

internal sealed class ConsultationFactsStore(NpgsqlDataSource dataSource) : IConsultationFactsStore
{
    private const string Select =
        """
        select engagement_id, slug, title, status, questionnaire_version, opens_at, closes_at, equality_answers, offline_route, topics, areas, restart_of, what_changed
          from consultations.consultation where id = $1
        """;

    public async Task<ConsultationFacts?> Find(ConsultationId id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? null : new ConsultationFacts(
            id, new EngagementId(reader.GetGuid(0)), reader.GetString(1), reader.GetString(2), Enum.Parse<ConsultationStatus>(reader.GetString(3)),
            reader.IsDBNull(4) ? null : reader.GetInt32(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6), Enum.Parse<EqualityAnswers>(reader.GetString(7)))
        {
            OfflineRoute = reader.IsDBNull(8) ? null : reader.GetString(8),
            Topics = reader.GetFieldValue<string[]>(9),
            Areas = reader.GetFieldValue<string[]>(10),
            RestartOf = reader.IsDBNull(11) ? null : new ConsultationId(reader.GetGuid(11)),
            WhatChanged = reader.IsDBNull(12) ? null : reader.GetString(12),
        };
    }
}
