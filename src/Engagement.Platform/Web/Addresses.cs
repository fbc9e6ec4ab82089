using Microsoft.AspNetCore.Http;

namespace Engagement.Platform.Web;

/// <summary>Which addresses machines ask and which people look at: they are refused in different forms and sign in differently.</summary>
public static class Addresses
{
    /// <summary>The API, its description and the health checks. Everything else is a page, or a file of one. However it is written: routes take capitals too.</summary>
    public static bool IsForMachines(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
}
