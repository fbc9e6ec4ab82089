using System.Collections.Concurrent;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Platform.Messaging;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Participation;

/// <summary>Answers what Participation asks the other modules, so that its tests set instants and states to the tick.</summary>
internal sealed class NeighbouringModules :
    IRequestHandler<FindConsultation, ConsultationFacts?>,
    IRequestHandler<FindPublicConsultation, ConsultationFacts?>,
    IRequestHandler<VoidConsultationApproval, VoidConsultationApprovalResult>,
    IRequestHandler<FindResponseOutcomes, PublishedOutcome?>
{
    private readonly ConcurrentDictionary<ConsultationId, ConsultationFacts> consultations = new();

    /// <summary>What has been published, if anything; the themes of each response.</summary>
    public PublishedOutcome? Outcome { get; set; }

    public int ApprovalsVoided { get; private set; }

    public void Register(IServiceCollection services)
    {
        // The real ones do not know of these consultations, so nothing is handed to them.
        foreach (var elsewhere in services.Where(s => s.ImplementationInstance is Subscription { Name: var name } && !name.StartsWith("participation/", StringComparison.Ordinal)).ToList())
        {
            services.Remove(elsewhere);
        }

        services.AddSingleton<IRequestHandler<FindConsultation, ConsultationFacts?>>(this);
        services.AddSingleton<IRequestHandler<FindPublicConsultation, ConsultationFacts?>>(this);
        services.AddSingleton<IRequestHandler<VoidConsultationApproval, VoidConsultationApprovalResult>>(this);
        services.AddSingleton<IRequestHandler<FindResponseOutcomes, PublishedOutcome?>>(this);
    }

    public ConsultationFacts Add(DateTimeOffset opensAt, DateTimeOffset closesAt)
    {
        var id = ConsultationId.New();
        var facts = new ConsultationFacts(
            id, new EngagementId(Guid.CreateVersion7()), $"library-hours-{id.Value.ToString("N")[20..]}", "Library opening hours", ConsultationStatus.Draft, null, opensAt, closesAt, EqualityAnswers.Linked);
        consultations[id] = facts;
        return facts;
    }

    public ConsultationFacts Change(ConsultationId id, Func<ConsultationFacts, ConsultationFacts> change) => consultations[id] = change(consultations[id]);

    public Task<ConsultationFacts?> Handle(FindConsultation request, CancellationToken cancellationToken) =>
        Task.FromResult(consultations.GetValueOrDefault(request.Id));

    public Task<ConsultationFacts?> Handle(FindPublicConsultation request, CancellationToken cancellationToken) =>
        Task.FromResult(consultations.Values.SingleOrDefault(c => c.Slug == request.Slug && c.Status is not (ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval)));

    public Task<VoidConsultationApprovalResult> Handle(VoidConsultationApproval request, CancellationToken cancellationToken)
    {
        if (!consultations.TryGetValue(request.Id, out var facts))
        {
            return Task.FromResult(VoidConsultationApprovalResult.NotFound);
        }

        if (facts.Status is not (ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval or ConsultationStatus.Scheduled))
        {
            return Task.FromResult(VoidConsultationApprovalResult.Frozen);
        }

        ApprovalsVoided++;
        consultations[request.Id] = facts with { Status = ConsultationStatus.AwaitingApproval, QuestionnaireVersion = null };
        return Task.FromResult(VoidConsultationApprovalResult.Void);
    }

    public Task<PublishedOutcome?> Handle(FindResponseOutcomes request, CancellationToken cancellationToken) => Task.FromResult(Outcome);
}
