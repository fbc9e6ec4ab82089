using Engagement.Platform.Notifications;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration;

/// <summary>For every officer who reads consultations: what people will be told should hold no surprise for whoever causes it.</summary>
[Authorize("consultations:read")]
public sealed class NotificationKindsModel(IMediator mediator) : PageModel
{
    public IReadOnlyList<NotificationPreview> Kinds { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellationToken) => Kinds = await mediator.Send(new ListNotificationKinds(), cancellationToken);

    public async Task<IActionResult> OnPostAsync(string kind, CancellationToken cancellationToken)
    {
        if ((await this.SendOrShowErrors(mediator, new SendTestNotification(kind), cancellationToken)).Succeeded)
        {
            this.Done($"A test of “{Shown.Name(kind)}” is on its way to your own address, and to nobody else.");
            return Redirect("/admin/administration/notifications/kinds");
        }

        await OnGet(cancellationToken);
        return Page();
    }
}
