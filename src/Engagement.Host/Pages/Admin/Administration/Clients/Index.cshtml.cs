using Engagement.Access.Application.Clients;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Clients;

[Authorize("administration:read")]
public sealed class IndexModel(IMediator mediator) : PageModel
{
    public IReadOnlyList<ApiClientRow> Clients { get; private set; } = [];

    public bool MayWrite => User.HasClaim("scope", "administration:write");

    public async Task OnGet(CancellationToken cancellationToken) => Clients = await mediator.Send(new ListApiClients(), cancellationToken);
}
