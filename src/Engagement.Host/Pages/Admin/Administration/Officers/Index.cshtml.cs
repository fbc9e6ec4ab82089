using Engagement.Access.Application.Officers;
using Engagement.Host.Pages.Admin.Account;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Administration.Officers;

[Authorize("administration:read")]
public sealed class IndexModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    /// <summary><c>enabled</c> (also when it is empty), <c>disabled</c> or <c>all</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Accounts { get; set; }

    [BindProperty(SupportsGet = true, Name = "page-number")]
    public int CurrentPage { get; set; } = 1;

    public OfficerList List { get; private set; } = null!;

    public int Pages => Math.Max(1, (List.Total + ListOfficers.PageSize - 1) / ListOfficers.PageSize);

    public bool MayWrite => User.HasClaim("scope", "administration:write");

    public IEnumerable<SelectListItem> RoleItems => [new("Any role", ""), .. RoleName.All.Select(r => new SelectListItem(r.Name, r.Code))];

    public IEnumerable<SelectListItem> AccountItems => [new("Those that may sign in", "enabled"), new("Those that are disabled", "disabled"), new("All", "all")];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        bool? disabled = Accounts switch { "disabled" => true, "all" => null, _ => false };
        List = await mediator.Send(new ListOfficers(Search, string.IsNullOrEmpty(Role) ? null : Role, Team: null, disabled, CurrentPage), cancellationToken);
    }

    public string AddressOf(int page) => "/admin/administration/officers" + new QueryBuilder
    {
        { "Search", Search ?? "" }, { "Role", Role ?? "" }, { "Accounts", Accounts ?? "" }, { "page-number", page.ToString(System.Globalization.CultureInfo.InvariantCulture) },
    };
}
