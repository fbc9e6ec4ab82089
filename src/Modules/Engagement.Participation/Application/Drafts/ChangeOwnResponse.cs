using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Drafts;

/// <summary>Begins a draft from a response that was sent, to change it page by page. The response counts as it is until the draft is sent.</summary>
[AllowsAnyone]
public sealed record ChangeOwnResponse(string? Secret, DateTimeOffset ArrivedAt) : ICommand<OwnResponseDraft>;

/// <param name="Slug">Of the consultation that was answered.</param>
/// <param name="Code">Leads to the draft.</param>
public sealed record OwnResponseDraft(string Slug, string Code);

internal sealed class ChangeOwnResponseHandler(IParticipationDb db, OwnResponses own, QuestionnaireCache questionnaires, MasterKey masterKey)
    : IRequestHandler<ChangeOwnResponse, OwnResponseDraft>
{
    public async Task<OwnResponseDraft> Handle(ChangeOwnResponse request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var response = await own.Find(request.Secret, reference: null, cancellationToken);
        await own.MustBeOpen(response.ConsultationId, request.ArrivedAt, cancellationToken);
        if (response.IsWithdrawn)
        {
            throw new RuleBrokenException("response-withdrawn", "This response has been withdrawn. Send a new one instead.");
        }

        var questionnaire = await questionnaires.Find(db, response.ConsultationId, response.QuestionnaireVersion, cancellationToken);
        var words = new DraftContent(
            new Dictionary<string, AnswerValue>(StoredAnswers.Read(questionnaire, response.Answers), StringComparer.Ordinal),
            response.OnBehalfOf, response.ConsentToPublish, Receipt: request.Secret, ReplacesVersion: response.Version);
        var code = DraftCode.New();
        db.Drafts.Add(Draft.Begin(response.ConsultationId, response.QuestionnaireVersion, words, code, masterKey, request.ArrivedAt));
        await db.SaveChangesAsync(cancellationToken);
        var slug = await db.Forms.Where(f => f.ConsultationId == response.ConsultationId).Select(f => f.Slug).SingleAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new OwnResponseDraft(slug, code);
    }
}
