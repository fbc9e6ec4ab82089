using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Host.Pages.Admin.Administration;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Consultations;

[Authorize("consultations:read")]
public sealed class NotificationsModel(IMediator mediator) : PageModel
{
    private const string Write = "consultations:write";

    [FromRoute]
    public ConsultationId Id { get; set; }

    [FromQuery]
    public string? Kind { get; set; }

    [FromQuery]
    public NotificationState? State { get; set; }

    [FromQuery]
    public string? Cursor { get; set; }

    public string Title { get; private set; } = "";

    public NotificationTables Tables { get; private set; } = null!;

    public async Task OnGet(CancellationToken cancellationToken)
    {
        var kind = string.IsNullOrEmpty(Kind) ? null : Kind;
        var log = await mediator.Send(new ListConsultationNotifications(Id, kind, State, Cursor), cancellationToken);
        Title = (await mediator.Send(new FindConsultation(Id), cancellationToken))?.Title ?? "";
        Tables = new NotificationTables(log, $"/admin/consultations/{Id}/notifications", kind, State, Cursor is not null, MayResend: User.HasClaim("scope", Write) || User.HasClaim(OfficerClaims.ScopeSomewhere, Write), "of this consultation");
    }

    public async Task<IActionResult> OnPostResendAsync(string? resendKind, CancellationToken cancellationToken)
    {
        var resent = await this.SendOrShowErrors(mediator, new ResendConsultationNotifications(Id, resendKind), cancellationToken);
        if (resent.Value is { } again)
        {
            this.Done(NotificationTables.Told(again));
            return Redirect($"/admin/consultations/{Id}/notifications");
        }

        await OnGet(cancellationToken);
        return Page();
    }
}
