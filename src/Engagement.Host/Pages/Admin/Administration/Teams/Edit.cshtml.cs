using Engagement.Access.Application.Teams;
using Engagement.Access.Contracts;
using Engagement.Host.Pages.Admin.Administration.Officers;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Administration.Teams;

[Authorize("administration:write")]
public sealed class EditModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public TeamId Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Department { get; set; }

    /// <summary><c>merge</c> or <c>close</c>.</summary>
    [BindProperty]
    public string? Ending { get; set; }

    [BindProperty]
    public TeamId? Into { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public TeamRow Team { get; private set; } = null!;

    /// <summary>The version at which the form was read; after an error the one that it was sent with.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<SelectListItem> Others { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        (Name, Department) = (Team.Name, Team.Department);
    }

    public async Task<IActionResult> OnPostChange(int version, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Version = version;
        var sent = await this.SendOrShowErrors(
            mediator, new ChangeTeam(Id, Name, Department, version), cancellationToken, field => field is "Name" or "Department" ? field : field == "team-exists" ? nameof(Name) : null);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("The team is changed.");
        return LocalRedirect("/admin/administration/teams");
    }

    public async Task<IActionResult> OnPostEnd(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        (Name, Department) = (Team.Name, Team.Department);
        if (Ending is null)
        {
            ModelState.AddModelError(nameof(Ending), "Choose how the team ends");
        }

        IRequest<Unit> request = Ending == "merge" ? new MergeTeam(Id, Into, Reason) : new CloseTeam(Id, Reason);
        if (!(await this.SendOrShowErrors(mediator, request, cancellationToken, field => field is "Into" or "Reason" ? field : null)).Succeeded)
        {
            return Page();
        }

        this.Done(Ending == "merge" ? $"{Team.Name} is part of the other team. Its engagements follow within moments." : $"{Team.Name} is closed.");
        return LocalRedirect("/admin/administration/teams");
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Team = (await mediator.Send(new ListTeams(), cancellationToken)).SingleOrDefault(t => t.Id == Id && t.ClosedAt is null) ?? throw new NotFoundException("team");
        Version = Team.Version;
        Others = [.. (await mediator.TeamItems(cancellationToken)).Where(t => t.Value != Id.ToString())];
    }
}
