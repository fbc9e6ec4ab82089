using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:write")]
public sealed class WithdrawQuotationModel(IMediator mediator) : LoopPage(mediator)
{
    [FromQuery(Name = "Response")]
    public ResponseId OfResponse { get; set; }

    [FromQuery]
    public string? Question { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public LoopSummary Loop { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Loop = await Mediator.Send(new ShowLoop(Id), cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new WithdrawQuotation(Id, OfResponse, Question ?? "", Reason ?? ""), cancellationToken);
        if (sent.Succeeded)
        {
            this.Done("The quotation is taken back. It is shown nowhere any more.");
            return Redirect($"{Address}/quotations");
        }

        await OnGetAsync(cancellationToken);
        return Page();
    }
}
