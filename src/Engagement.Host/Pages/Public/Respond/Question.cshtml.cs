using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Public;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>One page of the questionnaire. Where it leads is worked out here on every step, so an earlier answer that changes re-routes what follows.</summary>
[AllowAnonymous]
public sealed class QuestionModel(IMediator mediator, Copies<PublicConsultationView> copies, TimeProvider clock) : RespondPage(mediator)
{
    public const string FromCheck = "check";

    [FromRoute]
    public int Number { get; set; }

    /// <summary><see cref="FromCheck"/> where somebody changes an answer from the summary, and goes back there.</summary>
    [FromQuery]
    public string? From { get; set; }

    /// <summary>An answer brought another question onto the page.</summary>
    [FromQuery]
    public bool More { get; set; }

    public QuestionnairePage Here => View.Questionnaire!.Pages[Number - 1];

    public IReadOnlyList<QuestionFields> Questions { get; private set; } = [];

    public FactDocuments Documents { get; private set; } = FactDocuments.None;

    /// <summary>A page with one question and nothing else has the question as its heading.</summary>
    public bool QuestionIsHeading { get; private set; }

    public string Heading => QuestionIsHeading ? Questions[0].Question.Text : Here.Title;

    /// <summary>Such as "Page 2 of 4"; by what is known of the way so far.</summary>
    public string Place { get; private set; } = "";

    public string Back => From == FromCheck ? At("check") : View.Journey!.Before(Number) is { } before ? At(before) : At("");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Elsewhere() is { } elsewhere)
        {
            return elsewhere;
        }

        var journey = View.Journey!;
        if (journey.FirstIncomplete is { } incomplete && incomplete < Number)
        {
            return Redirect(At(incomplete));
        }

        return journey.Find(Number) is null ? Redirect(Next(journey)) : await Show(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        // The form has been read by now: this is the instant that decides.
        var arrivedAt = clock.GetUtcNow();
        await Load(cancellationToken);
        if (View.Questionnaire is null)
        {
            return Redirect(At(""));
        }

        if (Number < 1 || Number > View.Questionnaire.Pages.Count)
        {
            return NotFound();
        }

        var shown = Request.Form["shown"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var answers = AnswerForm.Read(Request.Form, Here.Questions.Where(q => shown.Contains(q.Code)));
        var before = View.Journey!;
        var sent = await this.SendOrShowErrors(Mediator, new SaveDraft(Slug, Code, arrivedAt, Number, shown, answers), cancellationToken);
        if (!sent.Succeeded)
        {
            View = View with { Draft = View.Draft ?? NoDraft(answers) };
            return await Show(cancellationToken, answers);
        }

        RespondCookies.KeepDraft(HttpContext, Slug, sent.Value!.Code);
        return await GoOn(sent.Value, before, shown, cancellationToken);
    }

    private async Task<IActionResult> GoOn(SavedDraft saved, Journey before, HashSet<string> shown, CancellationToken cancellationToken)
    {
        if (saved.IsSent || saved.State != RespondingState.Open)
        {
            return Redirect(At(saved.IsSent ? "sent" : saved.State == RespondingState.Closed ? "closed" : ""));
        }

        if (Request.Form["leave"].Count > 0)
        {
            return Redirect(At("save"));
        }

        var here = saved.Journey.Find(Number);
        foreach (var problem in here?.Problems.Where(p => shown.Contains(p.Question)) ?? [])
        {
            var question = Here.Questions.Single(q => q.Code == problem.Question);
            ModelState.AddModelError(
                AnswerForm.NameOf(problem.Question),
                AnswerForm.Problem(question, AnswerForm.Read(Request.Form, [question])[question.Code], problem.Message, alone: here!.Questions.Count == 1));
        }

        if (!ModelState.IsValid)
        {
            View = await Mediator.Send(new ShowResponding(Slug, saved.Code), cancellationToken);
            return await Show(cancellationToken);
        }

        // An answer on this page brought another question onto it.
        if (here?.Questions.Any(q => !shown.Contains(q)) == true)
        {
            return Redirect($"{At(Number)}?{(From == FromCheck ? $"from={FromCheck}&" : "")}more=true");
        }

        if (saved.Journey is { Exit: not null, FirstIncomplete: null } && saved.Journey.After(Number) is null)
        {
            return Redirect(At("exit"));
        }

        return Redirect(From == FromCheck ? BackToCheck(saved.Journey, before) : Next(saved.Journey));
    }

    private string Next(Journey journey) => journey.After(Number) is { } next ? At(next) : journey.Exit is null ? At("details") : At("exit");

    /// <summary>To the summary, but first to pages behind this one that ask something new because of it.</summary>
    private string BackToCheck(Journey now, Journey before)
    {
        var asked = before.Pages.SelectMany(p => p.Questions).ToHashSet(StringComparer.Ordinal);
        var news = now.Pages.FirstOrDefault(p => p.Number > Number && (p.Problems.Count > 0 || p.Questions.Any(q => !asked.Contains(q))));
        return news is null ? At("check") : $"{At(news.Number)}?from={FromCheck}";
    }

    private async Task<IActionResult> Show(CancellationToken cancellationToken, Dictionary<string, AnswerValue?>? typed = null)
    {
        var page = View.Journey!.Find(Number);
        var codes = page?.Questions ?? [.. Here.Questions.Select(q => q.Code)];
        var questions = Here.Questions.Where(q => codes.Contains(q.Code, StringComparer.Ordinal)).ToList();
        if (Here.Facts is not null || questions.Any(q => q.Facts is not null))
        {
            Documents = new FactDocuments(Slug, (await ShowConsultation(copies, cancellationToken)).Documents);
        }

        QuestionIsHeading = questions.Count == 1 && Here is { Facts: null, Introduction: null } && questions[0].Facts is null;
        Questions =
        [
            .. questions.Select(q => new QuestionFields(
                q, typed is not null && typed.TryGetValue(q.Code, out var now) ? now : View.Draft?.Answers.GetValueOrDefault(q.Code), QuestionIsHeading, Documents)),
        ];
        var place = View.Journey.Pages.Count(p => p.Number <= Number);
        Place = $"Page {Math.Max(1, place)} of {View.Journey.Pages.Count}";
        return Page();
    }

    private static DraftView NoDraft(Dictionary<string, AnswerValue?> answers) => new(
        answers.Where(a => a.Value is not null).ToDictionary(a => a.Key, a => a.Value!, StringComparer.Ordinal),
        null, false, null, default, default, false, false, false, null, null, null);
}
