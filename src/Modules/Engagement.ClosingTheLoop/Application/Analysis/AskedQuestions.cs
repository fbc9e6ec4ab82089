using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>The questions that a consultation put: those of the approved version, which is the only one ever answered.</summary>
internal static class AskedQuestions
{
    /// <returns>In the order asked; empty while nothing has been approved.</returns>
    /// <exception cref="NotFoundException">There is no such consultation.</exception>
    public static async Task<(ConsultationFacts Consultation, IReadOnlyList<QuestionFacts> Questions)> FindQuestions(
        this IMediator mediator, ConsultationId id, CancellationToken cancellationToken)
    {
        var consultation = await mediator.Send(new FindConsultation(id), cancellationToken) ?? throw new NotFoundException("consultation");
        return (consultation, consultation.QuestionnaireVersion is { } version ? await mediator.Send(new FindQuestions(id, version), cancellationToken) : []);
    }
}
