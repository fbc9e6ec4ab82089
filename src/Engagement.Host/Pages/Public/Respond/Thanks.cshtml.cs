using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>The end of the way. It knows nothing of the answers, so it may stay on the screen.</summary>
[AllowAnonymous]
public sealed class ThanksModel(IMediator mediator) : RespondPage(mediator)
{
    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);
}
