using Engagement.Access.Application.Account;
using Engagement.Access.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

[Authorize(OfficerClaims.Policy)]
public sealed class IndexModel(IMediator mediator) : PageModel
{
    public OwnAccountView Account { get; private set; } = null!;

    public async Task OnGet(CancellationToken cancellationToken) => Account = await mediator.Send(new ShowOwnAccount(User.Session()), cancellationToken);

    /// <param name="session">Null for every session but this one.</param>
    public async Task<IActionResult> OnPostSignOutElsewhere(SessionId? session, CancellationToken cancellationToken)
    {
        var ended = await mediator.Send(new EndSessions(User.Session(), session), cancellationToken);
        this.Done(ended == 1 ? "One session was signed out." : $"{ended} sessions were signed out.");
        return RedirectToPage();
    }

    public string InWords(DateTimeOffset instant) => $"{UkTime.WallTimeOf(instant):d MMMM yyyy, HH:mm}";
}
