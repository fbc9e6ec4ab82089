using Engagement.Host.Brand;
using Engagement.Host.Pages.Admin.Timescales;
using Engagement.Host.Pages.Public.Find;
using Engagement.Host.Pages.Public.Information;
using Engagement.Host.Pages.Public.Respond;
using Engagement.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace Engagement.Host.Pages;

/// <summary>The officers' pages and the public's, with the files that they need.</summary>
internal static class PagesRegistration
{
    /// <summary>Proves that a form came from a page of ours: strictly necessary, ends with the browser's session.</summary>
    public const string FormCookie = "engagement-form";

    /// <summary>Carries one sentence to the next page ("The plan is saved"); gone once it was shown.</summary>
    public const string MessageCookie = "engagement-message";

    public static void AddPages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddBrand(configuration);
        services.Configure<AccessibilityOptions>(configuration.GetSection(AccessibilityOptions.Section));
        services.AddSingleton<AccessibilityStatement>();
        services.AddSameForStrangers(RespondCookies.Strangers, RespondCookies.Draft);
        services.AddRazorPages(o => o.Conventions.AddFolderApplicationModelConvention("/Admin", page => page.Filters.Add(new TypeFilterAttribute(typeof(RightsOfPage))))).AddCookieTempDataProvider(o =>
        {
            Tighten(o.Cookie);
            o.Cookie.Name = MessageCookie;
            o.Cookie.Path = "/admin";
        }).AddMvcOptions(o => o.Filters.Add<FormsWithoutNull>()).ConfigureApplicationPartManager(parts =>
        {
            // There are no controllers: nobody need look for them among all types.
            foreach (var part in parts.ApplicationParts.OfType<AssemblyPart>().ToList())
            {
                parts.ApplicationParts.Remove(part);
            }
        });
        services.AddAntiforgery(o =>
        {
            Tighten(o.Cookie);
            o.Cookie.Name = FormCookie;

            // The Content-Security-Policy forbids frames in general.
            o.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<RouteOptions>(o => o.LowercaseUrls = true);
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets("engagement.staticwebassets.endpoints.json").AllowAnonymous();
        app.MapBrand();
        app.MapStaySignedIn();
        app.MapFeeds();
        app.MapDateFeed();
        app.MapRazorPages().WithStaticAssets("engagement.staticwebassets.endpoints.json");
    }

    private static void Tighten(CookieBuilder cookie)
    {
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }
}
