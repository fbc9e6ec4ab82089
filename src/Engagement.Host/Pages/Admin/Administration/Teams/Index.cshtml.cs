using Engagement.Access.Application.Teams;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Teams;

[Authorize("administration:read")]
public sealed class IndexModel(IMediator mediator) : PageModel
{
    public IReadOnlyList<TeamRow> Teams { get; private set; } = [];

    public bool MayWrite => User.HasClaim("scope", "administration:write");

    public async Task OnGet(CancellationToken cancellationToken) => Teams = await mediator.Send(new ListTeams(), cancellationToken);
}
