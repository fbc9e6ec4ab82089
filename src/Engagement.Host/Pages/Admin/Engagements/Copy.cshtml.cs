using Engagement.Access.Contracts;
using Engagement.Engagements.Application;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Begins another engagement with this one's plan.</summary>
[Authorize("engagements:read")]
public sealed class CopyModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public List<TeamId> Chosen { get; set; } = [];

    /// <summary>Those that are open.</summary>
    public IEnumerable<SelectListItem> Teams { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => Show(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Show(cancellationToken);
        var sent = await this.SendOrShowErrors(Mediator, new CopyEngagement(Id, Title ?? "", Chosen.Count == 0 ? null : Chosen), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done($"{sent.Value!.Reference} begins with the plan of {Engagement.Reference}.");
        return Redirect($"/admin/engagements/{sent.Value.Id}");
    }

    private static string? FieldOf(string member) => member == "Teams" ? nameof(Chosen) : typeof(CopyModel).GetProperty(member) is null ? null : member;

    private async Task Show(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Teams = [.. (await Mediator.Send(new FindTeams(null), cancellationToken)).Select(t => new SelectListItem(t.Name, t.Id.ToString()))];
    }
}
