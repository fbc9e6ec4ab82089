using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>A later deadline: one person proposes it, another confirms it.</summary>
[Authorize("consultations:read")]
public sealed class ExtendModel(IMediator mediator, ICurrentActor current, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public DateInput NewLastDay { get; set; } = new();

    [BindProperty]
    public string? NewTime { get; set; }

    [BindProperty]
    public string? PublicReason { get; set; }

    public string ProposedBy { get; private set; } = "";

    public bool ProposedByCaller { get; private set; }

    public bool CanBeExtended => Now < Consultation.ClosesAt
        && (Consultation.Status is ConsultationStatus.Open or ConsultationStatus.Closing || (Consultation.Status == ConsultationStatus.Scheduled && Now >= Consultation.OpensAt));

    /// <param name="lastDay">A last day that is proposed, such as the first one that cures a notice published late.</param>
    public async Task OnGetAsync(DateOnly? lastDay, CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        Version = Consultation.Version;
        if (lastDay is { } day)
        {
            NewLastDay = DateInput.From(day);
            PublicReason = "A notice about this consultation was published later than planned. The law gives people the full time from then, so the deadline moves.";
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        var day = NewLastDay.Read(ModelState, nameof(NewLastDay), "The new last day", required: true);
        var time = TypedTime.Read(NewTime, ModelState, nameof(NewTime));
        var sent = await this.SendOrShowErrors(
            Mediator,
            new ProposeExtension(Id, new UkMoment(day ?? default, time), PublicReason ?? "", Version),
            cancellationToken,
            member => member switch
            {
                nameof(PublicReason) => nameof(PublicReason),
                "Closes.Time" or "time-does-not-exist" or "time-occurs-twice" => nameof(NewTime),
                "Closes" or "Closes.Date" or "extension-not-later" or "closes-at-midnight" => nameof(NewLastDay),
                _ => null,
            });
        return Finish(sent.Succeeded, "The later deadline is proposed. It moves nothing until a colleague confirms it.");
    }

    public async Task<IActionResult> OnPostApproveAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        var sent = await this.SendOrShowErrors(Mediator, new ApproveExtension(Id, Version), cancellationToken, _ => null);
        return Finish(sent.Succeeded, $"The deadline is now {sent.Value?.ClosesInWords}. Everybody who asked to be told is told.");
    }

    private IActionResult Finish(bool succeeded, string done)
    {
        if (!succeeded)
        {
            ModelState.SetModelValue(nameof(Version), Consultation.Version, null);
            Version = Consultation.Version;
            return Page();
        }

        this.Done(done);
        return Redirect(Address);
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Consultation.ProposedExtension is { } proposed)
        {
            ProposedByCaller = proposed.By == current.Actor.ToString();
            ProposedBy = (await ActorNames.FindAsync(Mediator, [proposed.By], cancellationToken)).Of(proposed.By);
        }
    }
}
