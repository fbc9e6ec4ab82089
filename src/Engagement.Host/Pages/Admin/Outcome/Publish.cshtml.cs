using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.Host.Pages.Admin.Analysis;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Kernel;
using Engagement.Participation.Application.Telling;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Outcome;

/// <summary>A colleague who wrote none of it publishes the outcome: what is published, who is told, what stands in the way.</summary>
[Authorize("outcomes:approve")]
public sealed class PublishModel(IMediator mediator, ICurrentActor current) : LoopPage(mediator)
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public bool HasRead { get; set; }

    public OutcomeView Outcome { get; private set; } = null!;

    public int PeopleToTell { get; private set; }

    /// <summary>Who wrote on it since the last publication.</summary>
    public IReadOnlyList<string> Writers { get; private set; } = [];

    public bool WroteOneself => Outcome.Authors.Contains(current.Actor.ToString(), StringComparer.Ordinal);

    public bool IsCorrection => Outcome.Versions.Count > 0;

    public bool NothingChanged => IsCorrection && Outcome.Authors.Count == 0;

    public bool CanBePublished => Outcome.StandsInTheWay.Count == 0 && !WroteOneself && !NothingChanged;

    /// <summary>People answered, and not one theme is.</summary>
    public bool SaysOnlyWhatHappensNext => Outcome.Responses > 0 && !Outcome.Themes.Any(t => t.Answer is not null);

    public StandsInTheWay Blocks => new(Id, Outcome.StandsInTheWay, Outcome.Themes.ToDictionary(t => t.Name, t => t.Id.ToString(), StringComparer.Ordinal));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Version = Outcome.Version;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!HasRead)
        {
            ModelState.AddModelError(nameof(HasRead), "Read the preview, then confirm that you have read it");
        }

        if (IsCorrection && string.IsNullOrWhiteSpace(Reason))
        {
            ModelState.AddModelError(nameof(Reason), "Enter what is corrected and why");
        }

        var sent = await this.SendOrShowErrors(
            Mediator, new PublishOutcome(Id, IsCorrection ? Reason?.ReplaceLineEndings("\n").Trim() : null, Version), cancellationToken,
            member => member == nameof(Reason) ? nameof(Reason) : null);
        if (!sent.Succeeded)
        {
            Version = GoOnWith(nameof(Version), Version, Outcome.Version);
            return Page();
        }

        this.Done(sent.Value!.ClosesTheLoop
            ? $"Version {sent.Value.OutcomeVersion} of the outcome is published. Everybody who left an address is being told."
            : $"Version {sent.Value.OutcomeVersion} is published. It says only what happens next, so the outcome stays due.");
        return Redirect($"{Address}/outcome");
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Outcome = await Mediator.Send(new ShowOutcome(Id), cancellationToken);
        var names = await ActorNames.FindAsync(Mediator, Outcome.Authors, cancellationToken);
        Writers = [.. Outcome.Authors.Select(names.Of)];
        PeopleToTell = await Mediator.Send(new CountPeopleToTell(Id), cancellationToken);
    }
}
