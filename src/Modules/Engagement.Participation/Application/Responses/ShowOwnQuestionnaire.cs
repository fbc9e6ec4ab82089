using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using MediatR;

namespace Engagement.Participation.Application.Responses;

/// <summary>The questions that one's own response answered, in the version that was answered.</summary>
[AllowsAnyone]
public sealed record ShowOwnQuestionnaire(string? Secret) : IQuery<OwnQuestionnaire>;

/// <param name="Asked">Codes of the questions that were put to the participant, in order.</param>
public sealed record OwnQuestionnaire(QuestionnaireContent Content, IReadOnlyList<string> Asked);

internal sealed class ShowOwnQuestionnaireHandler(IParticipationDb db, OwnResponses own, QuestionnaireCache questionnaires) : IRequestHandler<ShowOwnQuestionnaire, OwnQuestionnaire>
{
    public async Task<OwnQuestionnaire> Handle(ShowOwnQuestionnaire request, CancellationToken cancellationToken)
    {
        var (response, _) = await own.Show(request.Secret, reference: null, cancellationToken);
        return new OwnQuestionnaire(await questionnaires.Find(db, response.ConsultationId, response.QuestionnaireVersion, cancellationToken), response.Asked);
    }
}
