using Engagement.Access.Contracts;
using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

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

    [BindProperty]
    public List<TeamId> Chosen { get; set; } = [];

    /// <summary>Those that are open.</summary>
    public IEnumerable<SelectListItem> Teams { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => Show(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var plan = new EngagementPlan { Title = Title ?? "", Summary = Summary ?? "", Department = Department ?? "" };
        var sent = await this.SendOrShowErrors(mediator, new CreateEngagement(plan, Chosen.Count == 0 ? null : Chosen), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            await Show(cancellationToken);
            return Page();
        }

        this.Done($"{sent.Value!.Reference} is in the register.");
        return Redirect($"/admin/engagements/{sent.Value.Id}");
    }

    private static string? FieldOf(string member) => member == "Teams" ? nameof(Chosen) : typeof(NewModel).GetProperty(member) is null ? null : member;

    private async Task Show(CancellationToken cancellationToken) =>
        Teams = [.. (await mediator.Send(new FindTeams(null), cancellationToken)).Select(t => new SelectListItem(t.Name, t.Id.ToString()))];
}
