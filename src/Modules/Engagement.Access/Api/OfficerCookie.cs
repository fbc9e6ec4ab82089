using Engagement.Access.Application.SigningIn;
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

/// <summary>The cookie by which a browser is known at the next sign-in. It opens nothing.</summary>
public static class DeviceCookie
{
    public const string Name = "engagement-device";
    private const string Path = "/admin/sign-in";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public static void Write(HttpResponse response, string device) => response.Cookies.Append(Name, device, new CookieOptions
    {
        Path = Path,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
        Secure = response.HttpContext.Request.IsHttps,
        MaxAge = Lifetime,
    });

    public static SignInOrigin OriginOf(HttpRequest request) => new(
        request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "", request.Headers.UserAgent.ToString(), request.Cookies[Name]);
}
