using Engagement.Access.Application;
using Engagement.Access.Application.Officers;
using Engagement.Access.Contracts;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Administration.Officers;

/// <summary>Gives one role or takes one away; each counts from the officer's next request on.</summary>
[Authorize("administration:write")]
public sealed class RolesModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public OfficerId Id { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    /// <summary><c>everywhere</c>, <c>team</c> or <c>engagement</c>.</summary>
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public TeamId? Team { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    public OfficerView Officer { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> TeamItems { get; private set; } = [];

    public Task OnGet(CancellationToken cancellationToken) => Load(cancellationToken);

    /// <param name="version">Of the officer, when the page was read.</param>
    public async Task<IActionResult> OnPostGive(int version, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        EngagementId? engagement = null;
        if (Role is null)
        {
            ModelState.AddModelError(nameof(Role), "Choose a role");
        }

        switch (Place)
        {
            case null:
                ModelState.AddModelError(nameof(Place), "Choose where the role counts");
                break;
            case "team" when Team is null:
                ModelState.AddModelError(nameof(Team), "Choose a team");
                break;
            case "engagement":
                engagement = string.IsNullOrWhiteSpace(Reference) ? null : await mediator.Send(new FindByReference(Reference), cancellationToken);
                if (engagement is null)
                {
                    ModelState.AddModelError(nameof(Reference), "There is no engagement with this reference. Enter one such as ENG-2026-0042");
                }

                break;
            default:
                break;
        }

        var given = new RoleGiven(Role ?? "", Place == "team" ? Team : null, engagement);
        return await Send([.. Present, given], version, "The role is given.", cancellationToken);
    }

    /// <param name="version">Of the officer, when the page was read.</param>
    public async Task<IActionResult> OnPostRemove(int version, EngagementId? engagement, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var taken = new RoleGiven(Role ?? "", Team, engagement);
        return await Send([.. Present.Where(r => r != taken)], version, "The role is taken away.", cancellationToken);
    }

    private IEnumerable<RoleGiven> Present => Officer.Roles.Select(r => new RoleGiven(r.Role, r.Team, r.Engagement));

    private async Task<IActionResult> Send(IReadOnlyList<RoleGiven> roles, int version, string done, CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(
            mediator, new AssignRoles(Id, roles, version), cancellationToken, code => code is "role-is-council-wide" or "Roles" ? nameof(Place) : null);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done(done);
        return LocalRedirect($"/admin/administration/officers/{Id}/roles");
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Officer = await mediator.Send(new ShowOfficer(Id), cancellationToken);
        TeamItems = await mediator.TeamItems(cancellationToken);
    }
}
