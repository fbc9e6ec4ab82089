using Engagement.ClosingTheLoop.Application.Outcomes;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Outcome;

[Authorize("outcomes:write")]
public sealed class IntroductionModel(IMediator mediator) : OutcomePage(mediator)
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Introduction { get; set; }

    [BindProperty]
    public string? WhatHappensNext { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        (Version, Introduction, WhatHappensNext) = (Outcome.Version, Outcome.Introduction, Outcome.WhatHappensNext);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var next = Text(WhatHappensNext);
        var sent = await this.SendOrShowErrors(
            Mediator, new IntroduceOutcome(Id, Text(Introduction), next.Length == 0 ? null : next, Version), cancellationToken);
        if (sent.Succeeded)
        {
            this.Done("The introduction is saved.");
            return Redirect($"{Address}/outcome");
        }

        await Load(cancellationToken);
        Version = GoOnWith(nameof(Version), Version, Outcome.Version);
        return Page();
    }
}
