using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>The consultations of one engagement.</summary>
[Authorize("engagements:read")]
public sealed class ConsultationsModel(IMediator mediator) : EngagementPage(mediator)
{
    public IReadOnlyList<ConsultationRow> Rows { get; private set; } = [];

    /// <summary>Why this officer cannot start one now; null where they can.</summary>
    public string? WhyNoNew =>
        !Holds("consultations:write") ? "Starting a consultation needs the role officer. Ask an administrator for it."
        : Engagement.State is EngagementState.FedBack or EngagementState.Evaluated or EngagementState.Cancelled
            ? "No consultation can be started: the loop is closed or the engagement is cancelled. Start a new engagement."
        : null;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Rows = (await Mediator.Send(new ListConsultations(EngagementId: Id, Limit: 200), cancellationToken)).Items;
    }

    public static string? ColourOf(ConsultationStatus status) => status switch
    {
        ConsultationStatus.Draft => "grey",
        ConsultationStatus.AwaitingApproval => "purple",
        ConsultationStatus.Open => "green",
        ConsultationStatus.Withdrawn => "orange",
        ConsultationStatus.Decided => "teal",
        _ => null,
    };
}
