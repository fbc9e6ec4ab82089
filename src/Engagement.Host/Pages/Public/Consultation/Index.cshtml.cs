using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Domain;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace Engagement.Host.Pages.Public.Consultation;

/// <summary>What is proposed, why, what can change, who decides, until when, and the way in.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = WebRegistration.SameForEverybody)]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    public PublicConsultationView View { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    public DateOnly LastDay { get; private set; }

    /// <summary>Those that are not over, the next one first.</summary>
    public IReadOnlyList<PublicEvent> EventsToCome { get; private set; } = [];

    /// <summary>Minutes; null where it cannot be answered now.</summary>
    public int? Minutes { get; private set; }

    public int Questions { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        View = await mediator.Send(new ShowPublicConsultation(Slug), cancellationToken);
        Today = clock.Today();
        LastDay = Kernel.UkTime.DateOf(View.ClosesAt.AddTicks(-1));
        EventsToCome = [.. View.Events.Where(e => (e.Ends ?? e.Starts).Date >= Today).OrderBy(e => e.Starts.Date).ThenBy(e => e.Starts.Time)];
        if (View.Status is PublicStatus.Open or PublicStatus.Forthcoming)
        {
            var questionnaire = await mediator.Send(new ShowPublicQuestionnaire(Slug), cancellationToken);
            var questions = questionnaire.Content.Pages.SelectMany(p => p.Questions).ToList();
            Questions = questions.Count;
            Minutes = Effort.Minutes(questions);
        }

        return this.PageOrNotModified(View, View.FreshFor, Today);
    }
}

internal static class Effort
{
    /// <summary>
    /// How long the questions take, in whole minutes of five where it is more than ten: a quarter of a minute for a choice, two minutes for words of one's own.
    /// A guess that is said to be one.
    /// </summary>
    public static int Minutes(IReadOnlyCollection<Question> questions)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(questions.Sum(q => q.Type switch
        {
            QuestionType.LongText => 2m,
            QuestionType.ShortText => 0.5m,
            _ => 0.25m,
        })));
        return minutes <= 10 ? minutes : (minutes + 4) / 5 * 5;
    }
}
