using Engagement.Participation.Application.Responses;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>The equality questions, after the answers are safe. All of them can be skipped.</summary>
[AllowAnonymous]
public sealed class AboutYouModel(IMediator mediator, TimeProvider clock) : RespondPage(mediator)
{
    public EqualityForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (View.Draft?.Receipt is not { } receipt)
        {
            return Redirect(At(""));
        }

        Form = await EqualityForm.Load(Mediator, receipt, View.EqualityAnswers, At("thanks"), null, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var arrivedAt = clock.GetUtcNow();
        await Load(cancellationToken);
        if (View.Draft?.Receipt is not { } receipt)
        {
            return Redirect(At(""));
        }

        if (await EqualityForm.Save(this, Mediator, receipt, arrivedAt, cancellationToken) is not { } typed)
        {
            return Redirect(At("thanks"));
        }

        Form = await EqualityForm.Load(Mediator, receipt, View.EqualityAnswers, At("thanks"), typed, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (View.Draft?.Receipt is { } receipt)
        {
            await Mediator.Send(new RemoveEqualityAnswers(receipt), cancellationToken);
        }

        return Redirect(At("sent"));
    }
}
