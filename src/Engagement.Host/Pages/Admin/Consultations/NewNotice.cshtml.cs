using Engagement.Consultations.Application.Notices;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>A notice that no regime demands.</summary>
[Authorize("consultations:read")]
public sealed class NewNoticeModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? Where { get; set; }

    [BindProperty]
    public string? Responsible { get; set; }

    [BindProperty]
    public DateInput DueOn { get; set; } = new();

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var due = DueOn.Read(ModelState, nameof(DueOn), "The day");
        var sent = await this.SendOrShowErrors(Mediator, new AddNotice(Id, What ?? "", Where, Responsible, due), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("The notice is among the tasks.");
        return Redirect($"{Address}/notices");
    }
}
