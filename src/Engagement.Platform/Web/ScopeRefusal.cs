using Engagement.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Engagement.Platform.Web;

/// <summary>Tells a caller whom an endpoint refuses which scope is missing, in the words of a refusal further in.</summary>
internal sealed class ScopeRefusal : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler otherwise = new();

    /// <exception cref="ForbiddenException"><c>insufficient-scope</c>.</exception>
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Forbidden && context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is { } required
            ? throw ForbiddenException.Lacks(required.Scope)
            : otherwise.HandleAsync(next, context, policy, authorizeResult);
}
