using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Puts an idea into the register; its plan is written step by step from there.</summary>
[Authorize("engagements:write")]
public sealed class NewModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public string? Department { get; set; }

    public void OnGet()
    {
        // An empty form.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var plan = new EngagementPlan { Title = Title ?? "", Summary = Summary ?? "", Department = Department ?? "" };
        var sent = await this.SendOrShowErrors(mediator, new CreateEngagement(plan), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done($"{sent.Value!.Reference} is in the register.");
        return Redirect($"/admin/engagements/{sent.Value.Id}");
    }
}
