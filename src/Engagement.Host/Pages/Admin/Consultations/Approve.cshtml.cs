using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>What an approver reads before people can see it, and the button that makes it happen.</summary>
[Authorize("consultations:read")]
public sealed class ApproveModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty]
    public int Version { get; set; }

    public ConsultationReadinessView Readiness { get; private set; } = null!;

    public ConsultationTimetableView Timetable { get; private set; } = null!;

    /// <summary>Whoever wrote any of it, by name.</summary>
    public IReadOnlyList<string> Authors { get; private set; } = [];

    public string? ApprovedBy { get; private set; }

    public bool Waits => Consultation.Status == ConsultationStatus.AwaitingApproval;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        Version = Consultation.Version;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        if (Version != Consultation.Version)
        {
            // What was read is not what would be approved: the approver reads it again.
            ModelState.Clear();
            ModelState.AddModelError("", "Somebody changed this while you read it, so nothing was approved. Read it again below: it shows what is saved now.");
            Version = Consultation.Version;
            return Page();
        }

        var sent = await this.SendOrShowErrors(Mediator, new ApproveConsultation(Id, Version), cancellationToken, _ => null);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done($"Approved. It opens {ConsultationWords.Countdown(Now, sent.Value!.OpensAt)}, at {ConsultationWords.At(sent.Value.OpensAt)}.");
        return Redirect(Address);
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Readiness = await Mediator.Send(new CheckReadiness(Id), cancellationToken);
        Timetable = await Mediator.Send(new ShowTimetable(Id), cancellationToken);
        var names = await ActorNames.FindAsync(Mediator, [.. Readiness.Authors, Consultation.Approval?.By], cancellationToken);
        Authors = [.. Readiness.Authors.Select(names.Of).Distinct(StringComparer.Ordinal)];
        ApprovedBy = Consultation.Approval is { } approval ? names.Of(approval.By) : null;
    }
}
