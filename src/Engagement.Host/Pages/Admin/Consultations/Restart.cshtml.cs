using Engagement.Consultations.Application;
using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>A new round of a consultation that people have been asked.</summary>
[Authorize("consultations:write")]
public sealed class RestartModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? WhatChanged { get; set; }

    [BindProperty]
    public DateInput OpensOn { get; set; } = new();

    [BindProperty]
    public DateInput ClosesOn { get; set; } = new();

    public bool IsOpen => Consultation.PublicStatus == PublicStatus.Open;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Version = Consultation.Version;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var opens = OpensOn.Read(ModelState, nameof(OpensOn), "The opening day", required: true);
        var closes = ClosesOn.Read(ModelState, nameof(ClosesOn), "The last day", required: true);
        var sent = await this.SendOrShowErrors(
            Mediator,
            new RestartConsultation(Id, WhatChanged ?? "", new UkMoment(opens ?? default), new UkMoment(closes ?? default), Version),
            cancellationToken,
            member => member switch
            {
                nameof(WhatChanged) => nameof(WhatChanged),
                "Opens" or "Opens.Date" => nameof(OpensOn),
                "Closes" or "Closes.Date" or "period-ends-before-it-opens" => nameof(ClosesOn),
                _ => null,
            });
        if (!sent.Succeeded)
        {
            ModelState.Remove(nameof(Version));
            Version = Consultation.Version;
            return Page();
        }

        this.Done("The new round is drafted. Give the dates that its law counts from, and put it forward.");
        return Redirect($"/admin/consultations/{sent.Value!.Id}");
    }
}
