using System.Globalization;
using System.Security.Claims;
using Engagement.Platform.Security;

namespace Engagement.Host.Pages;

/// <summary>What the warning before the end of a session asks for: one more request, which keeps the session, and how long it lasts then.</summary>
internal static class StaySignedIn
{
    public const string Address = "/admin/stay-signed-in";

    public static void MapStaySignedIn(this IEndpointRouteBuilder app) =>
        app.MapPost(Address, (ClaimsPrincipal officer, TimeProvider clock) => Results.Json(new { secondsLeft = SecondsLeft(officer, clock) }))
            .RequireAuthorization(OfficerClaims.Policy)
            .ExcludeFromDescription();

    /// <summary>Until the session ends unless another request comes first; null for somebody who has none.</summary>
    public static int? SecondsLeft(ClaimsPrincipal officer, TimeProvider clock) =>
        DateTimeOffset.TryParseExact(officer.FindFirst(OfficerClaims.SessionExpires)?.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var expires)
            ? (int)(expires - clock.GetUtcNow()).TotalSeconds
            : null;
}
