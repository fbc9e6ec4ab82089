using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Analysis;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:write")]
public sealed class CompleteCodingModel(IMediator mediator) : LoopPage(mediator)
{
    public LoopSummary Loop { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Loop = await Mediator.Send(new ShowLoop(Id), cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new CompleteCoding(Id), cancellationToken);
        if (sent.Succeeded)
        {
            this.Done("The coding is complete. The decision can be recorded once it has been made.");
            return Redirect($"{Address}/results");
        }

        await OnGetAsync(cancellationToken);
        return Page();
    }
}
