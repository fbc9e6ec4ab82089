using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>A page about one consultation.</summary>
public abstract class ConsultationPage(IMediator mediator, TimeProvider clock) : PageModel
{
    [FromRoute]
    public ConsultationId Id { get; set; }

    public ConsultationView Consultation { get; private set; } = null!;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    protected IMediator Mediator { get; } = mediator;

    public string Address => $"/admin/consultations/{Id}";

    /// <summary>Where the public finds it, or will find it.</summary>
    public string PublicAddress => $"{Request.Scheme}://{Request.Host}/consultations/{Consultation.Slug}";

    public bool CanBeEdited => Consultation.Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval
        || (Consultation.Status == ConsultationStatus.Scheduled && Now < Consultation.OpensAt);

    protected async Task Load(CancellationToken cancellationToken) => Consultation = await Mediator.Send(new ShowConsultation(Id), cancellationToken);

    /// <summary>What the calendar would move in its recorded timetable; nothing where nobody relies on one.</summary>
    protected async Task<MovedTimetableOrNone> FindMoved(CancellationToken cancellationToken) =>
        Consultation.Status is ConsultationStatus.AwaitingApproval or ConsultationStatus.Scheduled or ConsultationStatus.Open
            ? await Mediator.Send(new FindMovedTimetable(Id), cancellationToken)
            : new MovedTimetableOrNone(null);

    /// <summary>Takes over what another request of this page has answered.</summary>
    protected void Show(ConsultationView consultation) => Consultation = consultation;
}
