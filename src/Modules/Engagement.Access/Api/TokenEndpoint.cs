using System.Text;
using Engagement.Access.Application.Clients;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Access.Api;

/// <summary>OAuth 2.0 client credentials (RFC 6749 section 4.4), the one grant there is.</summary>
internal static class TokenEndpoint
{
    public static void MapToken(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/api/v1/oauth", "Sign-in of machines");
        group.MapPost("/token", Issue).Requires<IssueAccessToken>()
            .Accepts<TokenRequest>("application/x-www-form-urlencoded")
            .Produces<TokenResponse>()
            .WithName("issueAccessToken").WithSummary("Exchange a client's id and secret for an access token of 15 minutes");
    }

    private static async Task<Results<Ok<TokenResponse>, ProblemHttpResult>> Issue(HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!http.Request.HasFormContentType)
        {
            throw new BadHttpRequestException("A form is expected.", StatusCodes.Status415UnsupportedMediaType);
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (form["grant_type"] != "client_credentials")
        {
            return Refuse(http, 400, "unsupported_grant_type", "Only grant_type=client_credentials is offered. Send it with client_id and client_secret as a form.");
        }

        var (id, secret) = ReadBasic(http.Request.Headers.Authorization.ToString()) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        var scopes = form["scope"].ToString() is { Length: > 0 } asked ? asked.Split(' ', StringSplitOptions.RemoveEmptyEntries) : null;
        if (await mediator.Send(new IssueAccessToken(id, secret, scopes), cancellationToken) is not { } issued)
        {
            return Refuse(http, 401, "invalid_client", "The client's id and secret do not fit together, or the client has been disabled. Check both; 'engagement client create' makes a new client.");
        }

        return issued.Scopes.Count == 0
            ? Refuse(http, 400, "invalid_scope", "The client has none of the scopes asked for. Ask for scopes it has, or leave scope out.")
            : TypedResults.Ok(new TokenResponse(issued.Token, "Bearer", (int)issued.Lifetime.TotalSeconds, string.Join(' ', issued.Scopes)));
    }

    /// <summary>The error's name as RFC 6749 section 5.2 has it stands beside the problem's members.</summary>
    private static ProblemHttpResult Refuse(HttpContext http, int status, string error, string detail)
    {
        if (status == 401)
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"engagement\"";
        }

        var problem = ProblemTypes.Of(http, status, error.Replace('_', '-'), "No token was issued", detail);
        problem.Extensions["error"] = error;
        return TypedResults.Problem(problem);
    }

    private static (string Id, string Secret)? ReadBasic(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[6..], bytes, out var written)
            && Encoding.UTF8.GetString(bytes, 0, written).Split(':', 2) is [var id, var secret]
            ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
            : ("", "");
    }

    /// <summary>The form, for the description only. Member names are the standard's.</summary>
    internal sealed record TokenRequest(
        [property: System.Text.Json.Serialization.JsonPropertyName("grant_type")] string GrantType,
        [property: System.Text.Json.Serialization.JsonPropertyName("client_id")] string ClientId,
        [property: System.Text.Json.Serialization.JsonPropertyName("client_secret")] string ClientSecret,
        [property: System.Text.Json.Serialization.JsonPropertyName("scope")] string? Scope);

    /// <param name="ExpiresIn">Seconds.</param>
    internal sealed record TokenResponse(
        [property: System.Text.Json.Serialization.JsonPropertyName("access_token")] string AccessToken,
        [property: System.Text.Json.Serialization.JsonPropertyName("token_type")] string TokenType,
        [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn,
        [property: System.Text.Json.Serialization.JsonPropertyName("scope")] string Scope);
}
