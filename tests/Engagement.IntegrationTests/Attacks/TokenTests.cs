using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Engagement.Access.Application.Clients;
using Engagement.Access.Contracts;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What is sent in the place of an access token. Each forgery differs from a good token in one thing.</summary>
[Collection(AttacksOnOneCouncil.Name)]
public sealed class TokenTests(GuardedCouncil council) : IAsyncLifetime
{
    private ApiClientId client;
    private ECDsaSecurityKey key = null!;

    public async Task InitializeAsync()
    {
        client = (await council.Program.SendAsync(new CreateApiClient($"Import {Guid.CreateVersion7():N}", ["engagements:read"]))).Id;
        key = await council.Program.Services.GetRequiredService<SigningKeys>().ActiveAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    [Trait("Attack", "B10")]
    [Trait("Attack", "A07")]
    public async Task A_token_that_we_did_not_sign_is_refused()
    {
        (await StatusOf(Good(key))).ShouldBe(HttpStatusCode.OK, "the token from which the forgeries differ");
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var parts = Good(key).Split('.');
        var unsigned = $"{Encoded("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.";
        var withPublicKey = Signed($$"""{"alg":"HS256","typ":"at+jwt","kid":"{{key.KeyId}}"}""", parts[1], HMACSHA256.HashData(key.ECDsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes($"{Encoded($$"""{"alg":"HS256","typ":"at+jwt","kid":"{{key.KeyId}}"}""")}.{parts[1]}")));
        var changed = $"{parts[0]}.{Encoded(Decoded(parts[1]).Replace("engagements:read", "administration:write", StringComparison.Ordinal))}.{parts[2]}";

        var answers = new Dictionary<string, HttpStatusCode>(StringComparer.Ordinal)
        {
            ["without a signature"] = await StatusOf(unsigned),
            ["signed with the public key as a password"] = await StatusOf(withPublicKey),
            ["another council's key under our key's name"] = await StatusOf(Good(new ECDsaSecurityKey(foreign) { KeyId = key.KeyId })),
            ["another council's key"] = await StatusOf(Good(new ECDsaSecurityKey(foreign) { KeyId = Guid.CreateVersion7().ToString("N") })),
            ["a key that the token itself names"] = await StatusOf(Good(new ECDsaSecurityKey(foreign) { KeyId = "mine" }, header: new() { ["jku"] = "https://evil.example/keys", ["x5u"] = "https://evil.example/keys" })),
            ["another algorithm"] = await StatusOf(Good(new RsaSecurityKey(rsa) { KeyId = key.KeyId }, algorithm: SecurityAlgorithms.RsaSha256)),
            ["other words under our signature"] = await StatusOf(changed),
            ["half a token"] = await StatusOf($"{parts[0]}.{parts[1]}"),
            ["nothing"] = await StatusOf(""),
        };

        answers.Where(a => a.Value != HttpStatusCode.Unauthorized).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Attack", "B11")]
    public async Task A_token_counts_from_its_first_instant_to_its_last_and_for_nothing_but_the_api()
    {
        var now = council.Program.Clock.Now;
        var answers = new Dictionary<string, HttpStatusCode>(StringComparer.Ordinal)
        {
            ["expires now"] = await StatusOf(Good(key, expires: now)),
            ["begins in two seconds"] = await StatusOf(Good(key, notBefore: now.AddSeconds(2))),
            ["never expires"] = await StatusOf(Good(key, expires: DateTimeOffset.MinValue)),
            ["for another audience"] = await StatusOf(Good(key, audience: "another-api")),
            ["of another issuer"] = await StatusOf(Good(key, issuer: "https://login.evil.example")),
            ["an ID token"] = await StatusOf(Good(key, type: "JWT")),
            ["of a client that there is not"] = await StatusOf(Good(key, subject: Guid.CreateVersion7().ToString())),
            ["of an officer"] = await StatusOf(Good(key, subject: council.Administrator.ToString())),
        };

        answers.Where(a => a.Value != HttpStatusCode.Unauthorized).ShouldBeEmpty();
        (await StatusOf(Good(key, expires: now.AddSeconds(1), notBefore: now))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Attack", "A16")]
    [Trait("Attack", "A06")]
    public async Task A_token_gives_what_its_client_may_do_at_this_moment_and_no_more()
    {
        var powerful = Good(key, scope: string.Join(' ', Scopes.All));
        (await StatusOf(powerful)).ShouldBe(HttpStatusCode.OK);
        (await StatusOf(powerful, "/api/v1/administration/summary")).ShouldBe(HttpStatusCode.Forbidden, "the client was never given what its token says");

        await council.Program.SendAsync(new DisableApiClient(client, "Its work is done"));

        (await StatusOf(powerful)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private string Good(
        SecurityKey signing, string algorithm = SecurityAlgorithms.EcdsaSha256, string? subject = null, string scope = "engagements:read", string type = "at+jwt", string audience = AccessTokens.Audience,
        string issuer = AccessTokens.Issuer, DateTimeOffset? notBefore = null, DateTimeOffset? expires = null, Dictionary<string, object>? header = null)
    {
        var now = council.Program.Clock.Now;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            TokenType = type,
            IssuedAt = now.UtcDateTime,
            NotBefore = (notBefore ?? now).UtcDateTime,
            Expires = expires == DateTimeOffset.MinValue ? null : (expires ?? now.AddMinutes(5)).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject ?? client.ToString(), ["scope"] = scope },
            AdditionalHeaderClaims = header,
            SigningCredentials = new SigningCredentials(signing, algorithm) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
        });
    }

    private async Task<HttpStatusCode> StatusOf(string token, string address = "/api/v1/engagements")
    {
        using var http = council.Program.Anyone();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }

    private static string Signed(string header, string payload, byte[] signature) => $"{Encoded(header)}.{payload}.{Base64UrlEncoder.Encode(signature)}";

    private static string Encoded(string json) => Base64UrlEncoder.Encode(json);

    private static string Decoded(string part) => Base64UrlEncoder.Decode(part);
}
