using Engagement.Engagements.Application;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Begins another engagement with this one's plan.</summary>
[Authorize("engagements:read")]
public sealed class CopyModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public string? Title { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var sent = await this.SendOrShowErrors(Mediator, new CopyEngagement(Id, Title ?? ""), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done($"{sent.Value!.Reference} begins with the plan of {Engagement.Reference}.");
        return Redirect($"/admin/engagements/{sent.Value.Id}");
    }
}
