using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Application;
using Engagement.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Engagement.Host.Pages;

/// <summary>
/// The policy of a page lets in whoever holds its right somewhere. A page about one consultation or engagement is for those who hold it there: asked
/// here for every page, before anything is read or bound.
/// </summary>
internal sealed class RightsOfPage(IRights rights) : IAsyncAuthorizationFilter
{
    /// <exception cref="ForbiddenException"><c>not-your-team</c>.</exception>
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy is { } scope && Scopes.All.Contains(scope, StringComparer.Ordinal)
            && ThingOf(http.Request) is { } thing && !await rights.May(scope, thing, http.RequestAborted))
        {
            throw ForbiddenException.NotHere(scope);
        }
    }

    private static object? ThingOf(HttpRequest request) =>
        !Guid.TryParse(request.RouteValues["id"]?.ToString(), out var id) ? null
        : request.Path.StartsWithSegments("/admin/consultations", StringComparison.OrdinalIgnoreCase) ? new ConsultationId(id)
        : request.Path.StartsWithSegments("/admin/engagements", StringComparison.OrdinalIgnoreCase) ? new EngagementId(id)
        : null;
}
