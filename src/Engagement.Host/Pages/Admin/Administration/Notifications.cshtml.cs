using Engagement.Platform.Notifications;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration;

[Authorize("administration:read")]
public sealed class NotificationsModel(IMediator mediator) : PageModel
{
    [FromQuery]
    public string? Kind { get; set; }

    [FromQuery]
    public NotificationState? State { get; set; }

    [FromQuery]
    public string? Cursor { get; set; }

    public NotificationLogPage Log { get; private set; } = null!;

    public async Task OnGet(CancellationToken cancellationToken) =>
        Log = await mediator.Send(new ListNotifications(Kind: string.IsNullOrEmpty(Kind) ? null : Kind, State: State, Cursor: Cursor), cancellationToken);

    public async Task<IActionResult> OnPostResendAsync(string? resendKind, CancellationToken cancellationToken)
    {
        var resent = await this.SendOrShowErrors(mediator, new ResendFailedNotifications(Kind: resendKind), cancellationToken);
        if (resent.Value is { } again)
        {
            this.Done(NotificationTables.Told(again));
            return Redirect("/admin/administration/notifications");
        }

        await OnGet(cancellationToken);
        return Page();
    }
}

/// <summary>What the two pages with a log of messages show.</summary>
/// <param name="Address">Of the page, without its query.</param>
public sealed record NotificationTables(NotificationLogPage Log, string Address, string? Kind, NotificationState? State, bool IsLaterPage, bool MayResend, string CountsOf)
{
    public string With(string? kind, NotificationState? state, string? cursor = null)
    {
        var query = new List<string>();
        Add("kind", kind);
        Add("state", state?.ToString().ToLowerInvariant());
        Add("cursor", cursor);
        return query.Count == 0 ? Address : $"{Address}?{string.Join('&', query)}";

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }

    public static string Told(Resent resent) => resent.Count == 0
        ? "No message had failed any more, so nothing was sent again."
        : $"{Shown.Count(resent.Count, "message")} that had failed will be sent again. Nobody else gets anything twice.";
}
