using Engagement.Access.Application.Officers;
using Engagement.Access.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Officers;

[Authorize("administration:read")]
public sealed class ShowModel(IMediator mediator) : PageModel
{
    public OfficerView Officer { get; private set; } = null!;

    public bool MayWrite => User.HasClaim("scope", "administration:write");

    public async Task OnGet(OfficerId id, CancellationToken cancellationToken) => Officer = await mediator.Send(new ShowOfficer(id), cancellationToken);
}
