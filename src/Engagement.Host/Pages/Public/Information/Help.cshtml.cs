using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Information;

[AllowAnonymous]
public sealed class HelpModel : PageModel;
