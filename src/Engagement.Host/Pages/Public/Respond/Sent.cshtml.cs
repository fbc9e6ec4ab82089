using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Public;
using Engagement.Participation.Application.Responses;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>The receipt. It can be loaded again as often as one likes: nothing is sent by looking at it.</summary>
[AllowAnonymous]
public sealed class SentModel(IMediator mediator, Copies<PublicConsultationView> copies) : RespondPage(mediator)
{
    public PublicConsultationView Consultation { get; private set; } = null!;

    public OwnResponse Own { get; private set; } = null!;

    /// <summary>The receipt's secret: shown here, stored nowhere.</summary>
    public string Receipt => View.Draft!.Receipt!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await Find(cancellationToken) is { } elsewhere)
        {
            return elsewhere;
        }

        Consultation = await ShowConsultation(copies, cancellationToken);
        return Page();
    }

    /// <summary>A text to keep: the receipt and the answers.</summary>
    public async Task<IActionResult> OnGetCopyAsync(CancellationToken cancellationToken)
    {
        if (await Find(cancellationToken) is { } elsewhere)
        {
            return elsewhere;
        }

        var questionnaire = await Mediator.Send(new ShowOwnQuestionnaire(Receipt), cancellationToken);
        return ReceiptCopy.Of(Own, Receipt, AnswersInWords.Of(questionnaire.Content, questionnaire.Asked, Own.Answers));
    }

    /// <summary>On a shared computer: nothing here leads to the response any more.</summary>
    public IActionResult OnPostFinish()
    {
        RespondCookies.ForgetDraft(HttpContext, Slug);
        return Redirect(At("thanks"));
    }

    private async Task<IActionResult?> Find(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (View.Draft?.Receipt is null)
        {
            return Redirect(At(""));
        }

        Own = await Mediator.Send(new ShowReceipt(Receipt), cancellationToken);
        return null;
    }
}
