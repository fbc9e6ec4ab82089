using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Ends an engagement before the loop is closed, with a reason that the public reads.</summary>
[Authorize("engagements:read")]
public sealed class CancelModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public string? PublicReason { get; set; }

    /// <summary>Consultations that have not closed.</summary>
    public IReadOnlyList<ConsultationRow> ToBeWithdrawn { get; private set; } = [];

    /// <summary>Why it cannot be cancelled by this officer now; null where it can.</summary>
    public string? WhyNot => WhyNotWrite ?? Engagement.State switch
    {
        EngagementState.Cancelled => "The engagement is cancelled already.",
        EngagementState.FedBack or EngagementState.Evaluated => "People have been told what became of it, so it can no longer be cancelled.",
        _ => null,
    };

    public Task OnGetAsync(CancellationToken cancellationToken) => Show(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new CancelEngagement(Id, PublicReason ?? ""), cancellationToken);
        if (!sent.Succeeded)
        {
            await Show(cancellationToken);
            return Page();
        }

        this.Done("The engagement is cancelled.");
        return Redirect(Root);
    }

    private async Task Show(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        ToBeWithdrawn =
        [
            .. (await Mediator.Send(new ListConsultations(EngagementId: Id, Limit: 200), cancellationToken)).Items
                .Where(c => c.Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval or ConsultationStatus.Scheduled or ConsultationStatus.Open),
        ];
    }
}
