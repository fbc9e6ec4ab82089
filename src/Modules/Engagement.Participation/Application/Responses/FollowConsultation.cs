using Engagement.Consultations.Contracts;
using Engagement.Platform.Messaging;

namespace Engagement.Participation.Application.Responses;

/// <summary>Makes the response form of a consultation that has been approved.</summary>
internal sealed class PrepareResponseForm(ResponseForms forms) : IIntegrationEventHandler<ConsultationScheduledV1>
{
    public Task Handle(ConsultationScheduledV1 integrationEvent, CancellationToken cancellationToken) =>
        forms.Follow(integrationEvent.ConsultationId, cancellationToken);
}

/// <summary>Takes no responses while the approval is void.</summary>
internal sealed class SuspendResponseForm(ResponseForms forms) : IIntegrationEventHandler<ConsultationApprovalLapsedV1>
{
    public Task Handle(ConsultationApprovalLapsedV1 integrationEvent, CancellationToken cancellationToken) =>
        forms.Follow(integrationEvent.ConsultationId, cancellationToken);
}

/// <summary>Takes responses from the opening instant on, also where the word of the approval was missed.</summary>
internal sealed class OpenResponseForm(ResponseForms forms) : IIntegrationEventHandler<ConsultationOpenedV1>
{
    public Task Handle(ConsultationOpenedV1 integrationEvent, CancellationToken cancellationToken) =>
        forms.Follow(integrationEvent.ConsultationId, cancellationToken);
}

/// <summary>Takes responses until the later deadline.</summary>
internal sealed class ExtendResponseForm(ResponseForms forms) : IIntegrationEventHandler<ConsultationExtendedV1>
{
    public Task Handle(ConsultationExtendedV1 integrationEvent, CancellationToken cancellationToken) =>
        forms.Follow(integrationEvent.ConsultationId, cancellationToken);
}

/// <summary>Takes no more responses to what has been withdrawn.</summary>
internal sealed class ShutResponseForm(ResponseForms forms) : IIntegrationEventHandler<ConsultationWithdrawnV1>
{
    public Task Handle(ConsultationWithdrawnV1 integrationEvent, CancellationToken cancellationToken) =>
        forms.Follow(integrationEvent.ConsultationId, cancellationToken);
}

/// <summary>Notes when the drain window ends and the set is to be sealed.</summary>
internal sealed class StartDrainWindow(ResponseForms forms, TimeProvider clock) : IIntegrationEventHandler<ConsultationClosingV1>
{
    public async Task Handle(ConsultationClosingV1 integrationEvent, CancellationToken cancellationToken)
    {
        var form = await forms.Follow(integrationEvent.ConsultationId, cancellationToken)
            ?? throw new InvalidOperationException($"Consultation {integrationEvent.ConsultationId} closes, but there is no such consultation.");
        form.StartClosing(integrationEvent.SealAt, clock.GetUtcNow());
    }
}
