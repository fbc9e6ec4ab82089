using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Evidence;

/// <summary>Evidence and judgements for each principle and practice of fair consultation.</summary>
[Authorize("consultations:read")]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : EvidencePage(mediator, clock)
{
    public bool CanBeJudgedAtPublication => Now < Consultation.OpensAt && Consultation.Status != ConsultationStatus.Withdrawn;

    public bool CanBeJudgedAtDecision => Consultation.Status is ConsultationStatus.Closed or ConsultationStatus.UnderConsideration or ConsultationStatus.Decided;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAssurance(cancellationToken);
}

/// <param name="Page">Knows the names of those who judged.</param>
public sealed record JudgementsShown(string Stage, IReadOnlyList<JudgementView> LatestFirst, EvidencePage Page);
