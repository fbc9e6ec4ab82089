using Engagement.Consultations.Contracts;
using Engagement.Host.Pages.Public.Respond;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Receipt;

/// <summary>The equality questions from a receipt: to see, change or remove what was said, or to answer them after all.</summary>
[AllowAnonymous]
public sealed class AboutYouModel(IMediator mediator, TimeProvider clock) : ReceiptPage(mediator)
{
    public EqualityForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await Find(cancellationToken) && Own!.State != "withdrawn" ? await Show(null, cancellationToken) : Redirect(RespondCookies.ReceiptPath);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var arrivedAt = clock.GetUtcNow();
        return !await Find(cancellationToken) ? Redirect(RespondCookies.ReceiptPath)
            : await EqualityForm.Save(this, Mediator, Secret!, arrivedAt, cancellationToken) is { } typed ? await Show(typed, cancellationToken)
            : Redirect(RespondCookies.ReceiptPath);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        if (await Find(cancellationToken))
        {
            await Mediator.Send(new RemoveEqualityAnswers(Secret), cancellationToken);
        }

        return Redirect(RespondCookies.ReceiptPath);
    }

    private async Task<IActionResult> Show(IReadOnlyDictionary<string, Engagement.Participation.Domain.Questions.AnswerValue?>? typed, CancellationToken cancellationToken)
    {
        var kept = (await Mediator.Send(new Engagement.Participation.Application.Drafts.ShowResponding(Own!.Slug, null), cancellationToken)).EqualityAnswers;
        Form = await EqualityForm.Load(Mediator, Secret!, kept, RespondCookies.ReceiptPath, typed, cancellationToken);
        return Page();
    }
}
