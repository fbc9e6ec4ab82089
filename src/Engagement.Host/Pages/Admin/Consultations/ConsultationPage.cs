using Engagement.Consultations.Application;
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

    /// <summary>Takes over what another request of this page has answered.</summary>
    protected void Show(ConsultationView consultation) => Consultation = consultation;
}
