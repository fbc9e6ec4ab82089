using Engagement.Consultations.Application;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Regimes;

/// <summary>One regime in full.</summary>
[Authorize("consultations:read")]
public sealed class DetailsModel(IMediator mediator) : PageModel
{
    [FromRoute]
    public string Id { get; set; } = "";

    public RegimeView Regime { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Regime = await mediator.Send(new FindRegime(Id), cancellationToken);
}
