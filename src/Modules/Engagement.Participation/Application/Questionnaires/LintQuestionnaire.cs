using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain.Questions.Lint;
using MediatR;

namespace Engagement.Participation.Application.Questionnaires;

/// <summary>Advice on the wording of a questionnaire. It is advice: nothing waits for it.</summary>
/// <param name="Version">Null for the newest.</param>
[RequiresScope("participation:read")]
public sealed record LintQuestionnaire(ConsultationId ConsultationId, int? Version = null) : IQuery<IReadOnlyList<LintFinding>>;

internal sealed class LintQuestionnaireHandler(IMediator mediator) : IRequestHandler<LintQuestionnaire, IReadOnlyList<LintFinding>>
{
    public async Task<IReadOnlyList<LintFinding>> Handle(LintQuestionnaire request, CancellationToken cancellationToken)
    {
        var questionnaire = await mediator.Send(new ShowQuestionnaire(request.ConsultationId, request.Version), cancellationToken);
        var consultation = await mediator.Send(new FindConsultation(request.ConsultationId), cancellationToken);
        return QuestionLint.Of(questionnaire.Content, consultation?.OfflineRoute);
    }
}
