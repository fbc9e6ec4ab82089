using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Platform.Work;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("participation:read")]
public sealed class ExportModel(IMediator mediator) : LoopPage(mediator)
{
    public LoopSummary Loop { get; private set; } = null!;

    public IReadOnlyList<WorkView> Earlier { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Loop = await Mediator.Send(new ShowLoop(Id), cancellationToken);
        Earlier = await Mediator.Send(new ListOwnWork(Id.Value, AskForResponsesExport.Kind), cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new AskForResponsesExport(Id), cancellationToken);
        if (sent.Succeeded)
        {
            return Redirect($"/admin/work/{sent.Value}");
        }

        await OnGetAsync(cancellationToken);
        return Page();
    }

    public static (string Words, string Colour) StateOf(WorkView work) => work.State switch
    {
        WorkState.Queued => ("Waiting", "grey"),
        WorkState.Running => (work.Percent is { } percent ? $"{percent}% done" : "Under way", "yellow"),
        WorkState.Done => work.File is null ? ("No longer kept", "grey") : ("Ready", "green"),
        WorkState.Cancelled => ("Stopped", "grey"),
        _ => ("Failed", "red"),
    };
}
