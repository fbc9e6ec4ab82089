using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.ClosingTheLoop;

/// <summary>Answers what this module and Participation ask of Consultations and Engagements, so that a test begins with a closed consultation.</summary>
internal sealed class NeighboursOfTheLoop :
    IRequestHandler<FindConsultation, ConsultationFacts?>,
    IRequestHandler<FindPublicConsultation, ConsultationFacts?>,
    IRequestHandler<VoidConsultationApproval, VoidConsultationApprovalResult>,
    IRequestHandler<FindGapsInAssurance, IReadOnlyList<Breach>>,
    IRequestHandler<FindEngagement, EngagementFacts?>
{
    /// <summary>What has not been judged at the decision.</summary>
    public List<Breach> Unjudged { get; } = [];

    public Dictionary<ConsultationId, ConsultationFacts> Consultations { get; } = [];

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IRequestHandler<FindConsultation, ConsultationFacts?>>(this);
        services.AddSingleton<IRequestHandler<FindPublicConsultation, ConsultationFacts?>>(this);
        services.AddSingleton<IRequestHandler<VoidConsultationApproval, VoidConsultationApprovalResult>>(this);
        services.AddSingleton<IRequestHandler<FindGapsInAssurance, IReadOnlyList<Breach>>>(this);
        services.AddSingleton<IRequestHandler<FindEngagement, EngagementFacts?>>(this);
    }

    public Task<ConsultationFacts?> Handle(FindConsultation request, CancellationToken cancellationToken) => Task.FromResult(Consultations.GetValueOrDefault(request.Id));

    public Task<ConsultationFacts?> Handle(FindPublicConsultation request, CancellationToken cancellationToken) =>
        Task.FromResult(Consultations.Values.SingleOrDefault(c => c.Slug == request.Slug));

    public Task<VoidConsultationApprovalResult> Handle(VoidConsultationApproval request, CancellationToken cancellationToken) =>
        Task.FromResult(VoidConsultationApprovalResult.Void);

    public Task<IReadOnlyList<Breach>> Handle(FindGapsInAssurance request, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Breach>>(Unjudged);

    public Task<EngagementFacts?> Handle(FindEngagement request, CancellationToken cancellationToken) => Task.FromResult<EngagementFacts?>(new EngagementFacts(
        request.Id, "ENG-2026-0042", "Libraries", true, false, "Culture", "Sam Patel", "sam.patel@council.example", null, "Opening hours", "The days", "The budget"));
}
