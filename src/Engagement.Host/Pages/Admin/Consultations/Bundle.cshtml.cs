using Engagement.Consultations.Application.Bundles;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Application;
using Engagement.Platform.Work;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>Has the challenge bundle made, and lists those that the officer asked for before.</summary>
[Authorize("consultations:read")]
public sealed class BundleModel(IMediator mediator, IRights rights, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    private const string Full = "full";

    /// <summary><c>redacted</c> or <c>full</c>.</summary>
    [BindProperty]
    public string? Responses { get; set; }

    public bool MayHaveFull { get; private set; }

    public bool IsFinished => Consultation.Status == ConsultationStatus.Withdrawn || Consultation is { Status: ConsultationStatus.Decided, AnsweredAt: not null };

    public IReadOnlyList<WorkView> Earlier { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        MayHaveFull = await rights.May("participation:read", Id, cancellationToken);
        Earlier = await Mediator.Send(new ListOwnWork(Id.Value, AskForBundle.Kind), cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Responses is not ("redacted" or Full))
        {
            ModelState.AddModelError(nameof(Responses), "Choose what may be in the bundle of the responses");
        }
        else if (await this.SendOrShowErrors(Mediator, new AskForBundle(Id, Responses == Full), cancellationToken) is { Succeeded: true } sent)
        {
            return Redirect($"/admin/work/{sent.Value}");
        }

        await OnGetAsync(cancellationToken);
        return Page();
    }
}
