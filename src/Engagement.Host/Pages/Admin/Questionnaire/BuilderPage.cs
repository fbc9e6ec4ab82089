using System.Globalization;
using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>A page of the questionnaire builder. Whatever is saved is the whole content, as a new version.</summary>
public abstract class BuilderPage(IMediator mediator, TimeProvider clock) : PageModel
{
    [FromRoute]
    public ConsultationId Id { get; set; }

    /// <summary>What the page was read at; null where there was no questionnaire yet.</summary>
    [BindProperty]
    public int? Version { get; set; }

    public ConsultationView Consultation { get; private set; } = null!;

    public QuestionnaireView? Saved { get; private set; }

    public QuestionnaireContent Asked => Saved?.Content ?? new QuestionnaireContent([]);

    public string Root => $"/admin/consultations/{Id}/questionnaire";

    public bool CanBeEdited => Consultation.Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval || IsApproved;

    /// <summary>Approved and not yet open: a change takes the approval away.</summary>
    public bool IsApproved => Consultation.Status == ConsultationStatus.Scheduled && clock.GetUtcNow() < Consultation.OpensAt;

    protected IMediator Mediator { get; } = mediator;

    protected async Task Load(CancellationToken cancellationToken)
    {
        Consultation = await Mediator.Send(new ShowConsultation(Id), cancellationToken);
        try
        {
            Saved = await Mediator.Send(new ShowQuestionnaire(Id), cancellationToken);
        }
        catch (NotFoundException e) when (e.What == "questionnaire")
        {
            Saved = null;
        }

        if (HttpMethods.IsGet(Request.Method))
        {
            Version = Saved?.ETag;
        }
    }

    /// <summary>Saves the content, or puts what stands in the way into the page's errors.</summary>
    /// <param name="done">What is true then.</param>
    protected async Task<bool> Save(QuestionnaireContent content, string done, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid && Version != Saved?.ETag)
        {
            ModelState.AddModelError("", await Meanwhile(cancellationToken));
        }

        var sent = await this.SendOrShowErrors(Mediator, new ReviseQuestionnaire(Id, content, Version), cancellationToken, path => FieldOf(content, path) ?? path);
        if (sent.Succeeded)
        {
            this.Done(done);
        }

        SayWhere(content);
        return sent.Succeeded;
    }

    /// <summary>The field of this page to which a fault of the content belongs, by its path; null where it lies elsewhere.</summary>
    protected virtual string? FieldOf(QuestionnaireContent content, string path) => null;

    protected IActionResult BackTo(string? anchor = null) => Redirect(anchor is null ? Root : $"{Root}#{anchor}");

    private async Task<string> Meanwhile(CancellationToken cancellationToken)
    {
        var change = await LastChange(cancellationToken) ?? "Somebody else has changed this questionnaire";
        return $"{change}, after you opened this page. Nothing was overwritten, and what you typed is kept below. Open the questionnaire in another tab to see the change, then make yours again.";
    }

    /// <summary>Such as <c>Sam Patel changed this questionnaire at 10:42am on Friday 27 November 2026</c>; null where there is none.</summary>
    protected async Task<string?> LastChange(CancellationToken cancellationToken)
    {
        if (await Mediator.Send(new ShowLastRevision(Id), cancellationToken) is not { } revision)
        {
            return null;
        }

        var names = await ActorNames.FindAsync(Mediator, [revision.By], cancellationToken);
        var wall = UkTime.WallTimeOf(revision.At);
        var time = wall.ToString("h:mm", CultureInfo.InvariantCulture) + (wall.Hour < 12 ? "am" : "pm");
        return $"{names.Of(revision.By)} changed this questionnaire at {time} on {UkTime.Spell(UkTime.DateOf(revision.At))}";
    }

    /// <summary>Faults that lie elsewhere say where, in words.</summary>
    private void SayWhere(QuestionnaireContent content)
    {
        foreach (var key in ModelState.Keys.Where(k => k.StartsWith("pages", StringComparison.Ordinal)).ToList())
        {
            var messages = ModelState[key]!.Errors.Select(e => e.ErrorMessage).ToList();
            ModelState.Remove(key);
            foreach (var message in messages)
            {
                ModelState.AddModelError("", QuestionnaireWords.Where(content, key) is { } where ? $"{where}: {message}." : $"{message}.");
            }
        }
    }
}
