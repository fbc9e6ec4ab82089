using Engagement.Access.Application;
using Engagement.Access.Application.Officers;
using Engagement.Access.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Administration.Officers;

[Authorize("administration:write")]
public sealed class NewModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public List<string> Roles { get; set; } = [];

    /// <summary><c>everywhere</c> or <c>team</c>.</summary>
    [BindProperty]
    public string? Place { get; set; } = "everywhere";

    [BindProperty]
    public TeamId? Team { get; set; }

    public IReadOnlyList<SelectListItem> TeamItems { get; private set; } = [];

    /// <summary>With the first password, shown once.</summary>
    public CreatedOfficer? Created { get; private set; }

    public async Task OnGet(CancellationToken cancellationToken) => TeamItems = await mediator.TeamItems(cancellationToken);

    public async Task OnPost(CancellationToken cancellationToken)
    {
        if (Place == "team" && Team is null)
        {
            ModelState.AddModelError(nameof(Team), "Choose a team");
        }

        var sent = await this.SendOrShowErrors(
            mediator,
            Place == "team"
                ? new CreateOfficer(Email, Name, [], InPlaces: [.. Roles.Select(r => new RoleGiven(r, Team))])
                : new CreateOfficer(Email, Name, Roles),
            cancellationToken,
            field => field switch { "role-is-council-wide" => nameof(Roles), "officer-exists" => nameof(Email), "Email" or "Name" or "Roles" => field, _ => null });
        Created = sent.Value;
        TeamItems = await mediator.TeamItems(cancellationToken);
    }
}

internal static class TeamChoices
{
    /// <summary>Every team that is open, to choose from.</summary>
    public static async Task<IReadOnlyList<SelectListItem>> TeamItems(this IMediator mediator, CancellationToken cancellationToken) =>
        [.. (await mediator.Send(new FindTeams(Ids: null), cancellationToken)).Select(t => new SelectListItem($"{t.Name} ({t.Department})", t.Id.ToString()))];
}
