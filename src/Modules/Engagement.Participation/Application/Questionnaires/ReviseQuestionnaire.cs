using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Questionnaires;

/// <summary>
/// Makes a new version of a consultation's questionnaire. What had been approved is approved no more; once the consultation has
/// opened, nothing changes. The same content again changes nothing.
/// </summary>
/// <param name="ExpectedVersion">The ETag's version that the caller read; null where there is no questionnaire yet.</param>
[RequiresScope("participation:write")]
public sealed record ReviseQuestionnaire(ConsultationId ConsultationId, QuestionnaireContent Content, int? ExpectedVersion)
    : ICommand<ReviseQuestionnaireResult>;

/// <param name="Version">Of the content, from 1: what an approver approves.</param>
/// <param name="Digest">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="ETag">The version to name in <c>If-Match</c> with the next change.</param>
public sealed record ReviseQuestionnaireResult(int Version, string Digest, int ETag);

internal sealed class ReviseQuestionnaireValidator : AbstractValidator<ReviseQuestionnaire>
{
    public ReviseQuestionnaireValidator() =>
        RuleFor(c => c.Content).Custom((content, context) =>
        {
            foreach (var problem in QuestionnaireCheck.Of(content))
            {
                context.AddFailure(new ValidationFailure(problem.Path, problem.Message));
            }
        });
}

internal sealed class ReviseQuestionnaireHandler(IParticipationDb db, IMediator mediator, TimeProvider clock)
    : IRequestHandler<ReviseQuestionnaire, ReviseQuestionnaireResult>
{
    public async Task<ReviseQuestionnaireResult> Handle(ReviseQuestionnaire request, CancellationToken cancellationToken)
    {
        var questionnaire = await db.Questionnaires.SingleOrDefaultAsync(q => q.ConsultationId == request.ConsultationId, cancellationToken);
        CheckPrecondition(questionnaire, request.ExpectedVersion);
        var version = (questionnaire ?? Questionnaire.For(request.ConsultationId)).NextVersion(request.Content, clock.GetUtcNow());
        if (questionnaire?.IsChangedBy(version) == false)
        {
            return Result(questionnaire);
        }

        await VoidApproval(request.ConsultationId, cancellationToken);
        if (questionnaire is null)
        {
            questionnaire = Questionnaire.For(request.ConsultationId);
            db.Questionnaires.Add(questionnaire);
        }

        questionnaire.Take(version);
        db.QuestionnaireVersions.Add(version);
        await db.SaveChangesAsync(cancellationToken);
        return Result(questionnaire);
    }

    private static void CheckPrecondition(Questionnaire? questionnaire, int? expected)
    {
        if (questionnaire is null && expected is not null)
        {
            throw new StaleVersionException(expected, null);
        }

        if (questionnaire is not null && expected is null)
        {
            throw new PreconditionRequiredException();
        }

        questionnaire?.MustBeAt(expected);
    }

    private async Task VoidApproval(ConsultationId id, CancellationToken cancellationToken)
    {
        switch (await mediator.Send(new VoidConsultationApproval(id, "questionnaire"), cancellationToken))
        {
            case VoidConsultationApprovalResult.NotFound:
                throw new NotFoundException("consultation");
            case VoidConsultationApprovalResult.Frozen:
                throw new RuleBrokenException(
                    "questionnaire-locked", "The consultation has opened, so its questionnaire can no longer be changed: people may have answered it already.");
            default:
                return;
        }
    }

    private static ReviseQuestionnaireResult Result(Questionnaire questionnaire) =>
        new(questionnaire.LatestVersion, questionnaire.LatestDigest, questionnaire.Version);
}
