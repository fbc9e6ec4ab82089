using Engagement.Kernel;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Engagement.Platform.Security;

/// <summary>Says what a client may do at this moment: a right that was taken away is gone with the next request.</summary>
public interface IClientRights
{
    /// <returns>The client's scopes; null when there is no such client or it has been disabled.</returns>
    ValueTask<IReadOnlyList<string>?> ScopesOfAsync(string clientId, CancellationToken cancellationToken);
}

/// <summary>Makes and checks the short-lived tokens of API clients.</summary>
public sealed class AccessTokens(SigningKeys keys, TimeProvider clock)
{
    public const string Issuer = "engagement";
    public const string Audience = "engagement-api";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public async ValueTask<string> CreateAsync(string clientId, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            TokenType = "at+jwt",
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = clientId, ["scope"] = string.Join(' ', scopes) },
            SigningCredentials = new SigningCredentials(await keys.ActiveAsync(cancellationToken), SecurityAlgorithms.EcdsaSha256),
        });
    }
}

/// <summary>Gives the token handler the keys that lie in the database.</summary>
internal sealed class StoredKeysConfiguration(SigningKeys keys) : IConfigurationManager<OpenIdConnectConfiguration>
{
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = AccessTokens.Issuer };
        foreach (var key in await keys.TrustedAsync(cancel))
        {
            configuration.SigningKeys.Add(key);
        }

        return configuration;
    }

    public void RequestRefresh()
    {
        // The keys are read again every minute anyway.
    }
}

public static class AccessTokenRegistration
{
    /// <summary>Whoever calls the API shows a token, and nothing but a token counts there; everything else is a page, where an officer shows a cookie.</summary>
    private const string ByAddress = "by-address";

    public static IServiceCollection AddAccessTokens(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<StoredKeysConfiguration>();
        services.AddAuthentication(ByAddress)
            .AddPolicyScheme(ByAddress, displayName: null, scheme => scheme.ForwardDefaultSelector = context =>
                Web.Addresses.IsForMachines(context.Request.Path) ? JwtBearerDefaults.AuthenticationScheme : OfficerClaims.Scheme)
            .AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<StoredKeysConfiguration, TimeProvider>((options, keys, clock) =>
        {
            options.MapInboundClaims = false;
            options.ConfigurationManager = keys;
            options.TimeProvider = clock;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = AccessTokens.Issuer,
                ValidAudience = AccessTokens.Audience,
                ValidTypes = ["at+jwt"],
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                ClockSkew = TimeSpan.Zero,
                NameClaimType = "sub",
                LifetimeValidator = (notBefore, expires, _, _) =>
                    clock.GetUtcNow().UtcDateTime is var now && expires is not null && expires > now && (notBefore is null || notBefore <= now.AddSeconds(1)),
            };
            options.Events = new JwtBearerEvents { OnTokenValidated = ReplaceByPresentRights };
        });
        return services;
    }

    private static async Task ReplaceByPresentRights(TokenValidatedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var identity = (System.Security.Claims.ClaimsIdentity)context.Principal!.Identity!;
        var client = identity.FindFirst("sub")?.Value ?? "";
        if (await services.GetRequiredService<IClientRights>().ScopesOfAsync(client, context.HttpContext.RequestAborted) is not { } present)
        {
            context.Fail("The client has been disabled.");
            return;
        }

        var claim = identity.FindFirst("scope");
        var granted = (claim?.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Intersect(present, StringComparer.Ordinal).ToList();
        identity.TryRemoveClaim(claim);
        identity.AddClaims(granted.Select(s => new System.Security.Claims.Claim("scope", s)));
        services.GetRequiredService<CurrentActor>().Become(new Actor(ActorKind.Client, client), Web.ProblemTypes.CorrelationOf(context.HttpContext), granted);
    }
}
