namespace Engagement.Host.Pages.Public.Respond;

/// <summary>The cookies of those who answer a consultation. All are strictly necessary, unreadable for scripts, and end with the browser's session.</summary>
public static class RespondCookies
{
    /// <summary>Leads to the answers in progress, which are kept on our server: 28 random characters. Sent only to the pages of the form.</summary>
    public const string Draft = "engagement-draft";

    /// <summary>The policy of a page that is the same for all who have no draft.</summary>
    public const string Strangers = "same-without-draft";

    /// <summary>Proves that a response is one's own while one looks at it. Sent only to <c>/receipt</c>.</summary>
    public const string Receipt = "engagement-receipt";

    /// <summary>Where the receipt's cookie is sent.</summary>
    public const string ReceiptPath = "/receipt";

    /// <summary>For the cookies page: names and purposes, in words for people.</summary>
    public static readonly IReadOnlyList<(string Name, string Purpose, string Ends)> All =
    [
        (Draft, "Finds the answers that you have begun, so that you can go on from page to page", "When you close your browser, or select \"Finish\""),
        (Receipt, "Shows you your own response after you have entered its receipt code", "When you close your browser, or select \"Finish\""),
    ];

    /// <summary>Where the draft's cookie is sent: the pages of one consultation's form, and no other address.</summary>
    public static string DraftPath(string slug) => $"/consultations/{slug}/respond";

    internal static void KeepDraft(HttpContext http, string slug, string code) =>
        http.Response.Cookies.Append(Draft, code, Options(http, DraftPath(slug), SameSiteMode.Lax));

    internal static void ForgetDraft(HttpContext http, string slug) => http.Response.Cookies.Delete(Draft, Options(http, DraftPath(slug), SameSiteMode.Lax));

    internal static void KeepReceipt(HttpContext http, string secret) =>
        http.Response.Cookies.Append(Receipt, secret, Options(http, ReceiptPath, SameSiteMode.Strict));

    internal static void ForgetReceipt(HttpContext http) => http.Response.Cookies.Delete(Receipt, Options(http, ReceiptPath, SameSiteMode.Strict));

    /// <param name="sameSite">Lax for the draft: its owner comes back by a link in a message.</param>
    private static CookieOptions Options(HttpContext http, string path, SameSiteMode sameSite) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = sameSite,
        Path = path,
        IsEssential = true,
    };
}
