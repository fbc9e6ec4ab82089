using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>Why the form is not for this person, and what to do instead. Nothing has been sent.</summary>
[AllowAnonymous]
public sealed class ExitModel(IMediator mediator) : RespondPage(mediator)
{
    public ExitPage Exit => View.Journey!.Exit!;

    public string Back => At(View.Journey!.Pages[^1].Number);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return Elsewhere() ?? (View.Journey!.Exit is null ? Redirect(At("")) : Page());
    }
}
