using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Information;

[AllowAnonymous]
public sealed class CookiesModel : PageModel
{
    /// <summary>All that the program sets; a test of the pages finds one that is missing here.</summary>
    public static IReadOnlyList<(string Name, string Purpose, string Ends)> Cookies { get; } =
    [
        (PagesRegistration.FormCookie, "Shows that a form that you send came from this website", "When you close the browser"),
        ("engagement-draft", "Finds the answers that you have begun, so that you can go on from page to page", "When you close the browser, or select “Finish”"),
        ("engagement-receipt", "Shows you your own response after you have entered its receipt code", "When you close the browser, or select “Finish”"),
        ("engagement-officer", "For officers of the council: keeps them signed in", "When they sign out, or after a time without use"),
        ("engagement-device", "For officers of the council: knows the browser at the next sign-in, so that others cannot lock them out. It opens nothing", "After a year"),
        ("engagement-new-password", "For officers of the council: carries the link with which they choose a new password", "When the password is chosen"),
        (PagesRegistration.MessageCookie, "For officers of the council: carries one sentence to the next page", "When the sentence has been shown"),
    ];
}
