using Engagement.Participation.Contracts;
using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Questionnaires;

/// <summary>Tells other modules what is asked, without routing and limits.</summary>
internal sealed class FindQuestionnaireHandler(IParticipationDb db, QuestionnaireCache questionnaires)
    : IRequestHandler<FindQuestionnaire, QuestionnaireFacts?>, IRequestHandler<FindQuestions, IReadOnlyList<QuestionFacts>>
{
    public async Task<QuestionnaireFacts?> Handle(FindQuestionnaire request, CancellationToken cancellationToken)
    {
        var version = await db.QuestionnaireVersions.AsNoTracking()
            .Where(v => v.ConsultationId == request.ConsultationId)
            .OrderByDescending(v => v.Number)
            .FirstOrDefaultAsync(cancellationToken);
        return version is null ? null : new QuestionnaireFacts(version.Number, version.Digest, [.. version.Content().Questions.Select(Facts)]);
    }

    public async Task<IReadOnlyList<QuestionFacts>> Handle(FindQuestions request, CancellationToken cancellationToken) =>
        [.. (await questionnaires.Find(db, request.ConsultationId, request.Version, cancellationToken)).Questions.Select(Facts)];

    private static QuestionFacts Facts(Question question) => new(
        question.Code, question.Text, QuestionnaireContent.NameOf(question.Type), question.Required,
        [.. question.Choices().Select(o => new OptionFacts(o.Code, o.Label))]);
}
