using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Domain.Assurance;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Evidence;

/// <summary>The review when half of the time has passed: carry on, extend, or do more to reach people.</summary>
[Authorize("consultations:read")]
public sealed class MidPointModel(IMediator mediator, TimeProvider clock) : EvidencePage(mediator, clock)
{
    [BindProperty]
    public string? Choice { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Outreach { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAssurance(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<MidPointChoice>(Choice, out var choice))
        {
            ModelState.AddModelError(nameof(Choice), "Choose one");
        }

        var sent = await this.SendOrShowErrors(Mediator, new ReviewMidPoint(Id, choice, Reason ?? "", Outreach), cancellationToken);
        if (!sent.Succeeded)
        {
            await LoadAssurance(cancellationToken);
            return Page();
        }

        this.Done(choice == MidPointChoice.Extend ? "The review is recorded. Now propose the later deadline." : "The review is recorded.");
        return Redirect(choice == MidPointChoice.Extend ? $"{Address}/extend" : $"{EvidenceAddress}/mid-point");
    }
}
