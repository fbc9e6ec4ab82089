using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Engagement.Host.Pages;

/// <summary>
/// What the pages use of the framework's class of this name, under the same names. At each start the framework looks at every method and property that a page has inherited,
/// and keeps what it found: of its own class that is 150 methods for each page, which were 10 MB.
/// </summary>
[PageModel]
public abstract class PageModel
{
    /// <summary>Set by the framework before a handler is called.</summary>
    [PageContext]
    public PageContext PageContext { get; set; } = null!;

    protected internal HttpContext HttpContext => PageContext.HttpContext;

    protected internal HttpRequest Request => HttpContext.Request;

    protected internal HttpResponse Response => HttpContext.Response;

    protected internal System.Security.Claims.ClaimsPrincipal User => HttpContext.User;

    protected internal RouteData RouteData => PageContext.RouteData;

    protected internal ModelStateDictionary ModelState => PageContext.ModelState;

    protected internal ViewDataDictionary ViewData => PageContext.ViewData;

    protected internal ITempDataDictionary TempData => HttpContext.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(HttpContext);

    protected internal IUrlHelper Url => HttpContext.RequestServices.GetRequiredService<IUrlHelperFactory>().GetUrlHelper(PageContext);

    protected static PageResult Page() => new();

    protected static NotFoundResult NotFound() => new();

    protected static RedirectResult Redirect(string address) => new(address);

    protected static LocalRedirectResult LocalRedirect(string address) => new(address);

    protected static RedirectToPageResult RedirectToPage(string? name = null, object? values = null) => new(name, values);

    protected static FileContentResult File(byte[] content, string contentType, string? name = null) => new(content, contentType) { FileDownloadName = name };
}
