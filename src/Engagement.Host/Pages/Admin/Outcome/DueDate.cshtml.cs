using Engagement.ClosingTheLoop.Application.Outcomes;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Outcome;

[Authorize("outcomes:approve")]
public sealed class DueDateModel(IMediator mediator) : OutcomePage(mediator)
{
    [BindProperty]
    public DateInput DueOn { get; set; } = new();

    [BindProperty]
    public string? PublicReason { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var dueOn = DueOn.Read(ModelState, nameof(DueOn), "The new date", required: true);
        var sent = await this.SendOrShowErrors(
            Mediator, new MoveOutcomeDueDate(Id, dueOn ?? default, Text(PublicReason)), cancellationToken,
            member => member switch { "due-date-in-the-past" => nameof(DueOn), nameof(PublicReason) => nameof(PublicReason), _ => null });
        if (sent.Succeeded)
        {
            this.Done("The date is moved. The public sees both dates and your reason.");
            return Redirect($"{Address}/outcome");
        }

        await Load(cancellationToken);
        return Page();
    }
}
