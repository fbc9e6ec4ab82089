using Engagement.Access.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Security;
using Npgsql;

namespace Engagement.Access.Infrastructure;

/// <summary>Asks the database on every request: a right that was taken away is gone with the next one.</summary>
internal sealed class ClientRights(NpgsqlDataSource dataSource) : IClientRights
{
    public async ValueTask<IReadOnlyList<string>?> ScopesOfAsync(string clientId, CancellationToken cancellationToken)
    {
        if (!TypedId.TryParse<ApiClientId>(clientId, out var id))
        {
            return null;
        }

        await using var command = dataSource.CreateCommand("select scopes from access.api_client where id = $1 and disabled_at is null");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        return (string[]?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
