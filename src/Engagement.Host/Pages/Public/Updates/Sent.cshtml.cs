using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Updates;

/// <summary>The same for everybody, whether or not the address was known.</summary>
[AllowAnonymous]
public sealed class SentModel : PageModel;
