using Engagement.Access.Application.Teams;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Teams;

[Authorize("administration:write")]
public sealed class NewModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Department { get; set; }

    public void OnGet()
    {
        // The form begins empty.
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(
            mediator, new CreateTeam(Name, Department), cancellationToken, field => field == "team-exists" ? nameof(Name) : field);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done($"The team {Name} is added.");
        return LocalRedirect("/admin/administration/teams");
    }
}
