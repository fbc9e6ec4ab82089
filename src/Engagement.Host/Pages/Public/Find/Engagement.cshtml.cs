using Engagement.Engagements.Application;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace Engagement.Host.Pages.Public.Find;

/// <summary>An engagement that asks nothing: what people are told, where and until when.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = WebRegistration.SameForEverybody)]
public sealed class EngagementPageModel(IMediator mediator, TimeProvider clock) : PageModel
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    public PublicEngagementView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancellationToken)
    {
        View = await mediator.Send(new ShowPublicEngagement(reference), cancellationToken);
        return this.PageOrNotModified(View, FreshFor, clock.Today());
    }
}
