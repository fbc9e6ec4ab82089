using Engagement.Access.Application.Clients;
using Engagement.Access.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Clients;

[Authorize("administration:read")]
public sealed class ShowModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    public ApiClientRow Client { get; private set; } = null!;

    /// <summary>Shown once.</summary>
    public string? NewSecret { get; private set; }

    public bool MayWrite => User.HasClaim("scope", "administration:write");

    public async Task OnGet(ApiClientId id, CancellationToken cancellationToken) => Client = await mediator.Send(new ShowApiClient(id), cancellationToken);

    public async Task OnPostRotate(ApiClientId id, CancellationToken cancellationToken)
    {
        NewSecret = (await this.SendOrShowErrors(mediator, new RotateClientSecret(id), cancellationToken)).Value;
        Client = await mediator.Send(new ShowApiClient(id), cancellationToken);
    }

    public async Task<IActionResult> OnPostDisable(ApiClientId id, CancellationToken cancellationToken)
    {
        Client = await mediator.Send(new ShowApiClient(id), cancellationToken);
        if (!(await this.SendOrShowErrors(mediator, new DisableApiClient(id, Reason), cancellationToken)).Succeeded)
        {
            return Page();
        }

        this.Done($"The client {Client.Name} is disabled.");
        return LocalRedirect("/admin/administration/clients");
    }
}
