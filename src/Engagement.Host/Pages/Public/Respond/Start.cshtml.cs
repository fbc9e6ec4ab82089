using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Public;
using Engagement.Participation.Application;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>Before the first question: what it is about, what happens with the answers, how long it takes, until when; or why nothing can be answered.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = RespondCookies.Strangers)]
public sealed class StartModel(IMediator mediator, Copies<PublicConsultationView> copies, TimeProvider clock, IOptions<ParticipationOptions> options) : RespondPage(mediator)
{
    private const int SecondsForChoice = 20;
    private const int SecondsForText = 75;

    public PublicConsultationView Consultation { get; private set; } = null!;

    public int DaysKept => (int)options.Value.DraftsKept.TotalDays;

    public int DaysKeptAfterClose => (int)options.Value.DraftsKeptAfterClose.TotalDays;

    /// <summary>Whole minutes that the questions take, roughly: a choice is quick, a text is not.</summary>
    public int Minutes { get; private set; }

    /// <summary>Where the answers begin, or go on.</summary>
    public string Onward { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (View is { State: RespondingState.Closed, Draft.SentAt: null, Draft: not null })
        {
            return Redirect(At("closed"));
        }

        if (View.State == RespondingState.Open && Code is null)
        {
            HttpContext.IsSameForStrangers(View.ClosesAt - clock.GetUtcNow());
        }

        Consultation = await ShowConsultation(copies, cancellationToken);
        if (View.Journey is { } journey)
        {
            Minutes = (int)Math.Ceiling(View.Questionnaire!.Questions.Sum(q => q.Type == QuestionType.LongText ? SecondsForText : SecondsForChoice) / 60m);
            Onward = View.Draft is null ? At(FirstPage) : journey.FirstIncomplete is { } incomplete ? At(incomplete) : At("check");
        }

        return Page();
    }

    /// <summary>Somebody else answers on the same computer.</summary>
    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        RespondCookies.ForgetDraft(HttpContext, Slug);
        return Redirect(View.Journey is null ? At("") : At(1));
    }
}
