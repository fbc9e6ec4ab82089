using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using FluentValidation;
using MediatR;

namespace Engagement.Participation.Application.Responses;

/// <summary>Answers anew, until the consultation closes. What was said before is kept as an earlier version and no longer counts.</summary>
/// <param name="ExpectedVersion">The version that was read.</param>
[AllowsAnyone]
public sealed record ReplaceResponse(
    string? Secret,
    string Reference,
    int ExpectedVersion,
    DateTimeOffset ArrivedAt,
    IReadOnlyDictionary<string, AnswerValue?> Answers,
    bool ConsentToPublish = false,
    string? OnBehalfOf = null,
    string? Language = null) : ICommand<int>;

internal sealed class ReplaceResponseValidator : AbstractValidator<ReplaceResponse>
{
    public ReplaceResponseValidator()
    {
        RuleFor(c => c.Answers).AreNotTooMany();
        RuleFor(c => c.OnBehalfOf).IsAName();
        RuleFor(c => c.Language).IsALanguage();
    }
}

/// <summary>Gives the new version.</summary>
internal sealed class ReplaceResponseHandler(IParticipationDb db, OwnResponses own, QuestionnaireCache questionnaires) : IRequestHandler<ReplaceResponse, int>
{
    public async Task<int> Handle(ReplaceResponse request, CancellationToken cancellationToken)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var response = await own.Find(request.Secret, request.Reference, cancellationToken);
        await own.MustBeOpen(response.ConsultationId, request.ArrivedAt, cancellationToken);
        response.MustBeAt(request.ExpectedVersion);
        var questionnaire = await questionnaires.Find(db, response.ConsultationId, response.QuestionnaireVersion, cancellationToken);
        var sheet = ResponseRules.CheckAnswers(questionnaire, request.Answers);
        db.ResponseVersions.Add(response.Replace(
            StoredAnswers.Of(questionnaire, sheet), request.Language ?? ResponseRules.DefaultLanguage, ResponseRules.CleanName(request.OnBehalfOf),
            request.ConsentToPublish, request.ArrivedAt));
        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return response.Version;
    }
}
