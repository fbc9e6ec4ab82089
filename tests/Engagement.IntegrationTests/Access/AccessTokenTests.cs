using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Engagement.Access.Application.Clients;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Access;

public sealed class AccessTokenTests : IntegrationTest
{
    [Fact]
    public async Task A_client_exchanges_its_id_and_secret_for_a_token_that_opens_what_its_scopes_say()
    {
        var created = await Send(new CreateApiClient("Survey import", ["engagements:read"]));
        using var http = App.Anyone();

        var token = await http.PostAsync("/api/v1/oauth/token", Form(created.Id.ToString(), created.Secret)).Success();

        token.GetProperty("token_type").GetString().ShouldBe("Bearer");
        token.GetProperty("expires_in").GetInt32().ShouldBe(900);
        token.GetProperty("scope").GetString().ShouldBe("engagements:read");
    }

    [Fact]
    public async Task The_secret_may_come_as_basic_authentication()
    {
        var created = await Send(new CreateApiClient("Survey import", ["engagements:read"]));
        using var http = App.Anyone();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{created.Id}:{created.Secret}")));

        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        (await http.PostAsync("/api/v1/oauth/token", form)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_client_get_the_same_answer()
    {
        var created = await Send(new CreateApiClient("Survey import", ["engagements:read"]));
        using var http = App.Anyone();

        using var wrong = await http.PostAsync("/api/v1/oauth/token", Form(created.Id.ToString(), "not-the-secret"));
        using var unknown = await http.PostAsync("/api/v1/oauth/token", Form(Guid.CreateVersion7().ToString(), created.Secret));

        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await wrong.ProblemCode()).ShouldBe("invalid-client");
        (await unknown.ProblemCode()).ShouldBe("invalid-client");
        wrong.Headers.WwwAuthenticate.ShouldNotBeEmpty();
    }

    [Fact]
    [Trait("Attack", "B12")]
    public async Task A_secret_in_the_address_is_refused()
    {
        using var http = App.Anyone();

        using var answer = await http.PostAsync("/api/v1/oauth/token?client_secret=x", Form("a", "b"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCode()).ShouldBe("unknown-parameter");
    }

    [Fact]
    public async Task Another_grant_is_refused()
    {
        using var http = App.Anyone();
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("username", "a"), new("password", "b")]);

        using var answer = await http.PostAsync("/api/v1/oauth/token", form);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("error").GetString().ShouldBe("unsupported_grant_type");
    }

    [Fact]
    public async Task A_json_body_is_refused_as_the_wrong_type()
    {
        using var http = App.Anyone();

        using var answer = await http.PostAsJsonAsync("/api/v1/oauth/token", new { grant_type = "client_credentials" });

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_client_cannot_be_given_a_scope_that_does_not_exist()
    {
        var refused = await Should.ThrowAsync<FluentValidation.ValidationException>(() => Send(new CreateApiClient("Import", ["everything:write"])));

        refused.Message.ShouldContain("'everything:write' is not a scope");
    }

    [Fact]
    [Trait("Attack", "B12")]
    public async Task The_secret_is_nowhere_in_the_database()
    {
        var created = await Send(new CreateApiClient("Survey import", ["engagements:read"]));

        (await Scalar<long>("select count(*) from access.api_client where secret_hash = convert_to($1, 'UTF8') or encode(secret_hash, 'hex') = $1", created.Secret)).ShouldBe(0);
        (await Scalar<long>("select count(*) from access.history where data like '%' || $1 || '%'", created.Secret)).ShouldBe(0);
        (await Scalar<long>("select count(*) from access.history where data like '%' || $1 || '%'", created.Id.ToString())).ShouldBe(1);
    }

    private static FormUrlEncodedContent Form(string id, string secret) =>
        new([new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret)]);
}
