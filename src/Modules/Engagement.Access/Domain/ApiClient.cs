using System.Security.Cryptography;
using System.Text;
using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Access.Domain;

/// <summary>A machine that may use the API: an integrator's system, a kiosk, an import.</summary>
internal sealed class ApiClient : AggregateRoot
{
    private ApiClient()
    {
    }

    public ApiClientId Id { get; private init; }

    public override Guid Identity => Id.Value;

    public string Name { get; private init; } = "";

    public string[] Scopes { get; private set; } = [];

    /// <summary>SHA-256 of the secret. The secret has 256 random bits, so a slow hash would add nothing.</summary>
    public byte[] SecretHash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? DisabledAt { get; private set; }

    /// <returns>The client and its secret, which is shown once and kept nowhere.</returns>
    public static (ApiClient Client, string Secret) Create(string name, IEnumerable<string> scopes, DateTimeOffset now)
    {
        var secret = NewSecret();
        var client = new ApiClient { Id = ApiClientId.New(), Name = name.Trim(), Scopes = [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], SecretHash = HashOf(secret), CreatedAt = now };
        client.Raise(new ApiClientCreated(client.Id, client.Name, client.Scopes, now));
        return (client, secret);
    }

    /// <summary>Another secret in place of the present one, which opens nothing any more.</summary>
    /// <exception cref="RuleBrokenException"><c>client-is-disabled</c>.</exception>
    public string RotateSecret(DateTimeOffset now)
    {
        if (DisabledAt is not null)
        {
            throw new RuleBrokenException("client-is-disabled", "This client has been disabled and stays so. Create another one.");
        }

        var secret = NewSecret();
        SecretHash = HashOf(secret);
        Raise(new ApiClientSecretRotated(Id, now));
        return secret;
    }

    public void Disable(string reason, DateTimeOffset now)
    {
        if (DisabledAt is not null)
        {
            return;
        }

        DisabledAt = now;
        Raise(new ApiClientDisabled(Id, reason, now));
    }

    /// <summary>Takes the same time whichever byte differs.</summary>
    public bool Knows(string secret) => CryptographicOperations.FixedTimeEquals(SecretHash, HashOf(secret)) && DisabledAt is null;

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

internal sealed record ApiClientCreated(ApiClientId Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset At) : IDomainEvent;

internal sealed record ApiClientSecretRotated(ApiClientId Id, DateTimeOffset At) : IDomainEvent;

internal sealed record ApiClientDisabled(ApiClientId Id, string Reason, DateTimeOffset At) : IDomainEvent;
