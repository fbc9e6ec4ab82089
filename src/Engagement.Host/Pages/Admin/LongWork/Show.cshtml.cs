using Engagement.Platform.Work;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.LongWork;

/// <summary>How far a piece of long work is. Without scripts a link asks again; with them the page asks by itself.</summary>
[Authorize("consultations:read")]
public sealed class ShowModel(IMediator mediator) : PageModel
{
    [FromRoute]
    public WorkId Id { get; set; }

    public WorkView Work { get; private set; } = null!;

    public async Task OnGet(CancellationToken cancellationToken) => Work = await mediator.Send(new ShowWork(Id), cancellationToken);

    public async Task<IActionResult> OnGetProgressAsync(CancellationToken cancellationToken)
    {
        await OnGet(cancellationToken);
        return new JsonResult(new { text = WorkWords.Of(Work), percent = Work.Percent, finished = Work.IsFinished });
    }

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancellationToken)
    {
        var taken = await this.SendOrShowErrors(mediator, new TakeWorkFile(Id), cancellationToken);
        if (taken.Value is not { } file)
        {
            await OnGet(cancellationToken);
            return Page();
        }

        Response.ContentLength = file.Size;
        await TypedResults.Stream(stream => file.WriteToAsync(stream, cancellationToken), file.MediaType, file.Name).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancellationToken)
    {
        if ((await this.SendOrShowErrors(mediator, new CancelWork(Id), cancellationToken)).Succeeded)
        {
            return Redirect($"/admin/work/{Id}");
        }

        await OnGet(cancellationToken);
        return Page();
    }
}

internal static class WorkWords
{
    /// <summary>What is heard when it changes, so a whole sentence.</summary>
    public static string Of(WorkView work) => (work.State, work.Stopping) switch
    {
        (WorkState.Queued, _) => "Waiting for a worker.",
        (WorkState.Running, true) => "Stopping.",
        (WorkState.Running, _) => $"Under way.{(work.Message is { } message ? $" {message}." : "")}{Counted(work)}",
        (WorkState.Done, _) => $"Done. {work.Message}",
        (WorkState.Failed, _) => $"Failed. {work.Message}",
        _ => $"Stopped. {work.Message}",
    };

    public static string Colour(WorkState state) => state switch
    {
        WorkState.Done => "green",
        WorkState.Failed => "red",
        WorkState.Cancelled => "grey",
        WorkState.Running => "blue",
        _ => "yellow",
    };

    private static string Counted(WorkView work) => work.Total is { } total
        ? $" {Administration.Shown.Number(work.Done)} of {Administration.Shown.Number(total)}."
        : work.Done > 0 ? $" {Administration.Shown.Number(work.Done)} so far." : "";
}
