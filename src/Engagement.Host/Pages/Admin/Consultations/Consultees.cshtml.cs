using Engagement.Consultations.Application.Notices;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>Whom a consultation asks in person, and who never answered.</summary>
[Authorize("consultations:read")]
public sealed class ConsulteesModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty(SupportsGet = true)]
    public bool NeverAnswered { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Contact { get; set; }

    public ConsulteesView View { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken cancellationToken) => Prepare(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        var sent = await this.SendOrShowErrors(Mediator, new AddConsultee(Id, Name ?? "", Contact), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("They are on the list.");
        return Redirect($"{Address}/consultees");
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        View = await Mediator.Send(new ListConsultees(Id, NeverAnswered), cancellationToken);
    }
}
