using Microsoft.AspNetCore.Http;

namespace Engagement.Access.Api;

/// <summary>The cookie of an officer who has signed in: the session's token and nothing else, sent to the officers' pages only.</summary>
public static class OfficerCookie
{
    public const string Name = "engagement-officer";
    private const string Path = "/admin";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpResponse response, string token) => response.Cookies.Append(Name, token, Options(response));

    public static void Delete(HttpResponse response) => response.Cookies.Delete(Name, Options(response));

    /// <summary>Without an end of its own: the browser forgets it when it closes, the server before that.</summary>
    private static CookieOptions Options(HttpResponse response) => new()
    {
        Path = Path,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = response.HttpContext.Request.IsHttps,
    };
}
