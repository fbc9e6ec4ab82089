using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Analysis;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:write")]
public sealed class ReopenCodingModel(IMediator mediator) : LoopPage(mediator)
{
    [BindProperty]
    public string? Reason { get; set; }

    public LoopSummary Loop { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Loop = await Mediator.Send(new ShowLoop(Id), cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new ReopenCoding(Id, Reason ?? ""), cancellationToken);
        if (sent.Succeeded)
        {
            this.Done("The coding is open again.");
            return Redirect($"{Address}/coding");
        }

        await OnGetAsync(cancellationToken);
        return Page();
    }
}
