using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>Ends a consultation for good: the reason first, then a page that says what will happen.</summary>
[Authorize("consultations:write")]
public sealed class WithdrawModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? PublicReason { get; set; }

    /// <summary>The reason is written, and the officer is asked whether they mean it.</summary>
    public bool Confirming { get; private set; }

    public bool CanBeWithdrawn => Consultation.Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval
        || (Consultation.Status is ConsultationStatus.Scheduled or ConsultationStatus.Open && Now < Consultation.ClosesAt);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Version = Consultation.Version;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (string.IsNullOrWhiteSpace(PublicReason))
        {
            ModelState.AddModelError(nameof(PublicReason), "Say why, in words for the public");
            return Page();
        }

        Confirming = true;
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var sent = await this.SendOrShowErrors(Mediator, new WithdrawConsultation(Id, PublicReason ?? "", Version), cancellationToken);
        if (!sent.Succeeded)
        {
            ModelState.SetModelValue(nameof(Version), Consultation.Version, null);
            Version = Consultation.Version;
            return Page();
        }

        this.Done("The consultation is withdrawn.");
        return Redirect(Address);
    }
}
