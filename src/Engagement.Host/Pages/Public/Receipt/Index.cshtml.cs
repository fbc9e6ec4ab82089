using Engagement.Host.Pages.Public.Respond;
using Engagement.Kernel;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Application.Responses;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Receipt;

/// <summary>One's own response, by the receipt code: until the close to change or withdraw it, afterwards to see what became of it.</summary>
[AllowAnonymous]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : ReceiptPage(mediator)
{
    [BindProperty]
    public string? ReceiptCode { get; set; }

    public AnswersInWords Answers { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Find(cancellationToken);
        return await Show(cancellationToken);
    }

    public async Task<IActionResult> OnGetCopyAsync(CancellationToken cancellationToken)
    {
        if (!await Find(cancellationToken))
        {
            return Redirect(RespondCookies.ReceiptPath);
        }

        await Show(cancellationToken);
        return ReceiptCopy.Of(Own!, Secret!, Answers);
    }

    /// <summary>The code travels in the body of a form and is exchanged for a cookie; no address ever holds it.</summary>
    public async Task<IActionResult> OnPostEnterAsync(CancellationToken cancellationToken)
    {
        var code = string.Concat((ReceiptCode ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (await Find(code, cancellationToken))
        {
            RespondCookies.KeepReceipt(HttpContext, code);
            return Redirect(RespondCookies.ReceiptPath);
        }

        ModelState.AddModelError(
            nameof(ReceiptCode),
            code.Length == 0 ? "Enter your receipt code" : "Enter the whole receipt code as it was shown when you sent your answers: the reference, a dot, and the letters and numbers after it. Capitals matter");
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync(CancellationToken cancellationToken)
    {
        var arrivedAt = clock.GetUtcNow();
        if (!await Find(cancellationToken))
        {
            return Redirect(RespondCookies.ReceiptPath);
        }

        var sent = await this.SendOrShowErrors(Mediator, new ChangeOwnResponse(Secret, arrivedAt), cancellationToken);
        if (!sent.Succeeded)
        {
            return await Show(cancellationToken);
        }

        RespondCookies.KeepDraft(HttpContext, sent.Value!.Slug, sent.Value.Code);
        return Redirect($"{RespondCookies.DraftPath(sent.Value.Slug)}/check");
    }

    /// <summary>On a shared computer: nothing here leads to the response any more.</summary>
    public IActionResult OnPostFinish()
    {
        RespondCookies.ForgetReceipt(HttpContext);
        return Redirect(RespondCookies.ReceiptPath);
    }

    private async Task<IActionResult> Show(CancellationToken cancellationToken)
    {
        if (Own is not null)
        {
            var questionnaire = await Mediator.Send(new ShowOwnQuestionnaire(Secret), cancellationToken);
            Answers = AnswersInWords.Of(questionnaire.Content, questionnaire.Asked, Own.Answers);
        }

        return Page();
    }
}
