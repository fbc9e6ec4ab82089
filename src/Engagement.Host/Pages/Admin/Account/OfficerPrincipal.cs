using System.Security.Claims;
using Engagement.Access.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Security;

namespace Engagement.Host.Pages.Admin.Account;

internal static class OfficerPrincipal
{
    /// <summary>The session under which the officer asks.</summary>
    public static SessionId Session(this ClaimsPrincipal user) =>
        TypedId.TryParse<SessionId>(user.FindFirst(OfficerClaims.Session)?.Value, out var id) ? id : throw new NotFoundException("session");
}
