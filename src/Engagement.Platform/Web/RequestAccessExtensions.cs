using Engagement.Platform.Application;
using Engagement.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Platform.Web;

public static class RequestAccessExtensions
{
    /// <summary>Lets in whom the request lets in: the rule stands on the request, the endpoint repeats it for 401, 403 and OpenAPI.</summary>
    public static RouteHandlerBuilder Requires<TRequest>(this RouteHandlerBuilder endpoint)
    {
        var access = RequestAccess.Of(typeof(TRequest));
        if (access.Anyone)
        {
            return endpoint.AllowAnonymous();
        }

        return access.Scope is { } scope
            ? endpoint.RequireAuthorization(scope).WithMetadata(new RequiredScope(scope))
            : throw new InvalidOperationException($"{typeof(TRequest).Name} is sent by the program itself; no endpoint may offer it.");
    }

    /// <summary>One authorisation policy for each scope, of the same name.</summary>
    public static IServiceCollection AddScopePolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ScopeRefusal>();
        var builder = services.AddAuthorizationBuilder();
        foreach (var scope in Scopes.All)
        {
            builder.AddPolicy(scope, policy => policy.RequireAuthenticatedUser()
                .RequireAssertion(context => context.User.HasClaim("scope", scope) || context.User.HasClaim(OfficerClaims.ScopeSomewhere, scope)));
        }

        // Pages about an officer's own account.
        builder.AddPolicy(OfficerClaims.Policy, policy => policy.RequireAuthenticatedUser().RequireClaim(OfficerClaims.Session));

        // What says nothing about who may come in lets nobody in. The answers 404, 405 and 415 are no addresses of ours.
        builder.SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build());
        return services;
    }

    /// <summary>Stops the program at start when an endpoint says nothing about who may use it.</summary>
    public static void CheckThatEveryEndpointHasAPolicy(this IEndpointRouteBuilder app)
    {
        var open = app.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.RoutePattern.RawText)
            .ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException($"These endpoints do not say who may use them: {string.Join(", ", open)}. Add .Requires<TRequest>().");
        }
    }
}

/// <summary>Metadata for the OpenAPI document and for the answer to a refused caller.</summary>
public sealed record RequiredScope(string Scope);
