using System.Globalization;
using Engagement.ClosingTheLoop.Application.Analysis;
using Npgsql;

namespace Engagement.ClosingTheLoop.Infrastructure.Persistence;

internal sealed class OneTrip(NpgsqlDataSource dataSource) : IOneTrip
{
    public async Task<List<T>> Read<T>(Planning planning, Statement<T> statement, CancellationToken cancellationToken)
    {
        await using var batch = Batch(planning, statement.Sql);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await Next(reader, statement.Row, cancellationToken);
    }

    public async Task<(List<TFirst> First, List<TSecond> Second)> Read<TFirst, TSecond>(
        Planning planning, Statement<TFirst> first, Statement<TSecond> second, CancellationToken cancellationToken)
    {
        await using var batch = Batch(planning, first.Sql, second.Sql);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return (await Next(reader, first.Row, cancellationToken), await Next(reader, second.Row, cancellationToken));
    }

    /// <summary>What is sent together is one transaction to the database, and ends with it.</summary>
    private NpgsqlBatch Batch(Planning planning, params FormattableString[] statements)
    {
        var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(planning switch
        {
            Planning.OnceForAllValues => "select set_config('plan_cache_mode', 'force_generic_plan', true)",
            Planning.OnceInOrder => "select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_bitmapscan', 'off', true)",
            Planning.ForEachValue => "select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true), set_config('random_page_cost', '1.1', true)",
            _ => throw new ArgumentOutOfRangeException(nameof(planning), planning, null),
        }));
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(string.Format(
                CultureInfo.InvariantCulture, statement.Format, [.. Enumerable.Range(1, statement.ArgumentCount).Select(n => string.Create(CultureInfo.InvariantCulture, $"${n}"))]));
            foreach (var argument in statement.GetArguments())
            {
                command.Parameters.Add(new NpgsqlParameter { Value = argument });
            }

            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static async Task<List<T>> Next<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
