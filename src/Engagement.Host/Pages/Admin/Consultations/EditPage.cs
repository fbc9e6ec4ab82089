using Engagement.Consultations.Application;
using Engagement.Consultations.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>
/// One step of writing a consultation: a form of some of its fields. It carries the version it was read at; where somebody else
/// saved in between, both versions are shown and nothing is overwritten unseen.
/// </summary>
public abstract class EditPage(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty]
    public int Version { get; set; }

    /// <summary>What is saved now, where somebody else changed it while this form was open; null otherwise.</summary>
    public ChangedMeanwhile? Meanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Version = Consultation.Version;
        await Prepare(cancellationToken);
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        await Prepare(cancellationToken);
        if (await ShowWhereChangedMeanwhile(cancellationToken))
        {
            return Page();
        }

        var details = Apply(await Mediator.Send(new FindConsultationDetails(Id), cancellationToken));
        var sent = await this.SendOrShowErrors(Mediator, new EditConsultation(Id, Version, details), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("Your changes are saved.");
        return Redirect(AfterSaving);
    }

    protected virtual string AfterSaving => Address;

    /// <summary>Reads what the form needs beside the consultation.</summary>
    protected virtual Task Prepare(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts what is saved into the form.</summary>
    protected abstract void Fill();

    /// <summary>Puts what was typed into the details, with errors in the model state where it cannot be read.</summary>
    protected abstract ConsultationDetails Apply(ConsultationDetails details);

    /// <summary>What is saved, field by field, for somebody who has typed something else.</summary>
    protected abstract IEnumerable<SavedField> Saved();

    /// <summary>From a member of the request, or a rule's code, to the key of the field of this page.</summary>
    protected virtual string? FieldOf(string member)
    {
        var last = member.Split('.')[^1];
        return GetType().GetProperty(last) is null ? null : last;
    }

    /// <returns>True where somebody else has saved since the form was opened: the page says so, and a second press of the button saves over it.</returns>
    protected async Task<bool> ShowWhereChangedMeanwhile(CancellationToken cancellationToken)
    {
        if (Version == Consultation.Version)
        {
            return false;
        }

        var (by, at) = await LastChange(cancellationToken);
        Meanwhile = new ChangedMeanwhile(by, at, [.. Saved()]);
        ModelState.Remove(nameof(Version));
        Version = Consultation.Version;
        ModelState.AddModelError("", $"{by} changed this at {ConsultationWords.At(at)}, so nothing was saved. Compare both versions below. What you typed is kept: save it again to put it in place of theirs.");
        return true;
    }

    private async Task<(string By, DateTimeOffset At)> LastChange(CancellationToken cancellationToken)
    {
        var story = await Mediator.Send(new ShowStory(Id), cancellationToken);
        var last = story.Rows.FirstOrDefault(r => string.Equals(r.Module, "consultations", StringComparison.Ordinal)) ?? story.Rows[0];
        var by = (await ActorNames.FindAsync(Mediator, [last.Actor], cancellationToken)).Of(last.Actor);
        return (char.ToUpperInvariant(by[0]) + by[1..], last.At);
    }
}

/// <param name="By">Who changed it.</param>
public sealed record ChangedMeanwhile(string By, DateTimeOffset At, IReadOnlyList<SavedField> Fields);

/// <param name="Value">As it is saved; null where nothing is.</param>
public sealed record SavedField(string Label, string? Value);
