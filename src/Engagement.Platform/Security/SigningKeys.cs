using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Engagement.Platform.Security;

/// <summary>The keys that sign access tokens (ES256). They lie in the database, the private part encrypted by the master key.</summary>
public sealed class SigningKeys(NpgsqlDataSource dataSource, MasterKey masterKey, TimeProvider clock) : IDisposable
{
    private const string Purpose = "signing-key";
    private static readonly TimeSpan Remember = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim loading = new(1);
    private Loaded? loaded;

    public void Dispose() => loading.Dispose();

    /// <summary>The key that signs now; the first one is made when there is none.</summary>
    public async ValueTask<ECDsaSecurityKey> ActiveAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Active;

    /// <summary>Every key whose tokens are still believed.</summary>
    public async ValueTask<IReadOnlyList<SecurityKey>> TrustedAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).Trusted;

    private async ValueTask<Loaded> LoadAsync(CancellationToken cancellationToken)
    {
        if (loaded is { } fresh && fresh.Until > clock.GetUtcNow())
        {
            return fresh;
        }

        await loading.WaitAsync(cancellationToken);
        try
        {
            if (loaded is { } now && now.Until > clock.GetUtcNow())
            {
                return now;
            }

            var keys = await ReadAsync(cancellationToken);
            if (keys.Count == 0)
            {
                await CreateAsync(cancellationToken);
                keys = await ReadAsync(cancellationToken);
            }

            return loaded = new Loaded(keys[0], keys, clock.GetUtcNow() + Remember);
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<List<ECDsaSecurityKey>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select id, private_key from platform.signing_key where retired_at is null order by created_at desc");
        var keys = new List<ECDsaSecurityKey>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(masterKey.Decrypt(Purpose, reader.GetFieldValue<byte[]>(1)), out _);
            keys.Add(new ECDsaSecurityKey(key) { KeyId = reader.GetGuid(0).ToString("N") });
        }

        return keys;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // Two processes may start at once; the index on the active key lets one of them in.
        await using var command = dataSource.CreateCommand(
            "insert into platform.signing_key (id, public_key, private_key, created_at) values ($1, $2, $3, $4) on conflict do nothing");
        command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        command.Parameters.Add(new() { Value = key.ExportSubjectPublicKeyInfo() });
        command.Parameters.Add(new() { Value = masterKey.Encrypt(Purpose, key.ExportPkcs8PrivateKey()) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Loaded(ECDsaSecurityKey Active, IReadOnlyList<ECDsaSecurityKey> Trusted, DateTimeOffset Until);
}
