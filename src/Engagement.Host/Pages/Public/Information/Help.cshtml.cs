using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Information;

/// <summary>Whom to turn to, and in which other ways: linked from every page at the same place (WCAG 2.2, 3.2.6).</summary>
[AllowAnonymous]
public sealed class HelpModel : PageModel;
