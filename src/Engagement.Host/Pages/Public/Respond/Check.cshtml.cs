using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Public;
using Engagement.Participation.Application.Drafts;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>Everything that was answered, once more, before it is sent. Sent twice, it is one response.</summary>
[AllowAnonymous]
[CountedAs(Sends.Response)]
public sealed class CheckModel(IMediator mediator, Copies<PublicConsultationView> copies, TimeProvider clock) : RespondPage(mediator)
{
    public PublicConsultationView Consultation { get; private set; } = null!;

    public AnswersInWords Answers { get; private set; } = null!;

    /// <summary>
    /// No person sees this field: it is shown on no screen, read by no screen reader, reached by no key and filled in by no browser. What stands in it a program has written.
    /// </summary>
    [BindProperty]
    public string? Remarks { get; set; }

    /// <summary>The response was changed or withdrawn elsewhere, so this change was not taken.</summary>
    public bool ChangedElsewhere { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return Elsewhere()
            ?? (View.Draft is null ? Redirect(At(""))
                : View.Journey!.FirstIncomplete is { } incomplete ? Redirect(At(incomplete))
                : View.Journey.Exit is not null ? Redirect(At("exit"))
                : await Show(cancellationToken));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        // The form has been read by now: this is the instant that decides.
        var arrivedAt = clock.GetUtcNow();
        var result = await Mediator.Send(new SendDraft(Slug, Code, arrivedAt, TrapFilled: !string.IsNullOrEmpty(Remarks), HttpContext.IsOneOfMany()), cancellationToken);
        switch (result.Outcome)
        {
            case SendDraftOutcome.Sent:
                return Redirect(At("sent"));
            case SendDraftOutcome.TooLate:
                return Redirect(At("closed"));
            case SendDraftOutcome.Incomplete:
                return Redirect(result.Journey!.FirstIncomplete is { } incomplete ? At(incomplete) : At("exit"));
            case SendDraftOutcome.ChangedElsewhere:
                ChangedElsewhere = true;
                await Load(cancellationToken);
                ViewData.ModelState.AddModelError("", "Your response was changed or withdrawn in another window since you opened it here, so this change was not sent. Your words are kept below");
                return await Show(cancellationToken);
            default:
                return Redirect(At(""));
        }
    }

    private async Task<IActionResult> Show(CancellationToken cancellationToken)
    {
        Consultation = await ShowConsultation(copies, cancellationToken);
        Answers = AnswersInWords.Of(View.Questionnaire!, View.Journey!.Pages.SelectMany(p => p.Questions), View.Draft!.Answers, number => $"{At(number)}?from={QuestionModel.FromCheck}");
        return Page();
    }
}
