using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Domain.Questions.Lint;
using MediatR;

namespace Engagement.Participation.Application.Questionnaires;

/// <summary>Advice on the wording of a questionnaire. It is advice: nothing waits for it.</summary>
/// <param name="Version">Null for the newest.</param>
[RequiresScope("participation:read")]
public sealed record LintQuestionnaire(ConsultationId ConsultationId, int? Version = null) : IQuery<IReadOnlyList<LintFinding>>;

/// <summary>The same for words that the caller has read already.</summary>
/// <param name="OfflineRoute">How people respond without the web, in the words of the consultation's page.</param>
[RequiresScope("participation:read", Anywhere = true)]
public sealed record LintWording(QuestionnaireContent Content, string? OfflineRoute) : IQuery<IReadOnlyList<LintFinding>>;

internal sealed class LintQuestionnaireHandler(IMediator mediator)
    : IRequestHandler<LintQuestionnaire, IReadOnlyList<LintFinding>>, IRequestHandler<LintWording, IReadOnlyList<LintFinding>>
{
    public async Task<IReadOnlyList<LintFinding>> Handle(LintQuestionnaire request, CancellationToken cancellationToken)
    {
        var questionnaire = await mediator.Send(new ShowQuestionnaire(request.ConsultationId, request.Version), cancellationToken);
        var consultation = await mediator.Send(new FindConsultation(request.ConsultationId), cancellationToken);
        return QuestionLint.Of(questionnaire.Content, consultation?.OfflineRoute);
    }

    public Task<IReadOnlyList<LintFinding>> Handle(LintWording request, CancellationToken cancellationToken) =>
        Task.FromResult(QuestionLint.Of(request.Content, request.OfflineRoute));
}
