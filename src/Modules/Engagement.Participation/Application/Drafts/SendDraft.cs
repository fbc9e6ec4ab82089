using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Security;
using MediatR;

namespace Engagement.Participation.Application.Drafts;

/// <summary>
/// Sends a draft: it becomes a response, or changes the one that it was made from. Sent twice, it is sent once, and the answer is
/// the same. What comes too late is not counted and not lost: the draft is kept for some days, so that its owner can copy it.
/// </summary>
[AllowsAnyone]
public sealed record SendDraft(string Slug, string? Code, DateTimeOffset ArrivedAt) : ICommand<SendDraftResult>;

/// <param name="Journey">Where something is missing; null where nothing is.</param>
public sealed record SendDraftResult(SendDraftOutcome Outcome, Journey? Journey = null);

public enum SendDraftOutcome
{
    Sent,

    /// <summary>There is no such draft (any more).</summary>
    NotFound,

    /// <summary>A page needs an answer or a correction, or the answers lead to an exit.</summary>
    Incomplete,

    /// <summary>It arrived at the closing instant or later.</summary>
    TooLate,

    /// <summary>The consultation has been withdrawn, or is not open at the moment.</summary>
    NotTaken,

    /// <summary>The response was changed or withdrawn elsewhere since the draft was made from it.</summary>
    ChangedElsewhere,
}

internal sealed class SendDraftHandler(IParticipationDb db, OwnDrafts drafts, QuestionnaireCache questionnaires, IMediator mediator, MasterKey masterKey)
    : IRequestHandler<SendDraft, SendDraftResult>
{
    public async Task<SendDraftResult> Handle(SendDraft request, CancellationToken cancellationToken)
    {
        var facts = await drafts.FindConsultation(request.Slug, request.ArrivedAt, cancellationToken) ?? throw new NotFoundException("consultation");
        try
        {
            return await Send(request, facts, cancellationToken);
        }
        catch (RuleBrokenException refusal) when (refusal.Code == "consultation-closed")
        {
            await NoteLateAttempt(request, facts, cancellationToken);
            return new SendDraftResult(SendDraftOutcome.TooLate);
        }
        catch (RuleBrokenException refusal) when (refusal.Code is "consultation-not-open" or "consultation-withdrawn")
        {
            return new SendDraftResult(SendDraftOutcome.NotTaken);
        }
        catch (Exception refusal) when (refusal is StaleVersionException or RuleBrokenException { Code: "response-withdrawn" })
        {
            return new SendDraftResult(SendDraftOutcome.ChangedElsewhere);
        }
    }

    private async Task<SendDraftResult> Send(SendDraft request, ConsultationFacts facts, CancellationToken cancellationToken)
    {
        // Whoever sends the same draft at the same moment waits here, and then finds it sent.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var draft = await drafts.Lock(request.Code, facts, cancellationToken);
        if (draft is null)
        {
            return new SendDraftResult(SendDraftOutcome.NotFound);
        }

        if (draft.IsSent)
        {
            return new SendDraftResult(SendDraftOutcome.Sent);
        }

        var words = draft.Read(masterKey);
        var version = words.ReplacesVersion is null ? facts.QuestionnaireVersion ?? draft.QuestionnaireVersion : draft.QuestionnaireVersion;
        var questionnaire = await questionnaires.Find(db, facts.Id, version, cancellationToken);
        var journey = Journey.Of(questionnaire, words.AnswersByCode());
        var isLate = Responding.StateOf(facts, request.ArrivedAt) == RespondingState.Closed;
        if (!isLate && (journey.FirstIncomplete is not null || journey.Exit is not null))
        {
            return new SendDraftResult(SendDraftOutcome.Incomplete, journey);
        }

        var receipt = await Send(request, words, Journey.Known(questionnaire, words.AnswersByCode()), cancellationToken);
        draft.Send(receipt, masterKey, request.ArrivedAt);

        // Named as changed: what was sent in between may have made the context forget what it had read.
        db.Drafts.Update(draft);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SendDraftResult(SendDraftOutcome.Sent);
    }

    /// <returns>The receipt's secret.</returns>
    private async Task<string> Send(SendDraft request, DraftContent words, Dictionary<string, AnswerValue?> answers, CancellationToken cancellationToken)
    {
        if (words is { ReplacesVersion: { } read, Receipt: { } secret })
        {
            await mediator.Send(
                new ReplaceResponse(secret, ReceiptSecret.Read(secret)!.Reference, read, request.ArrivedAt, answers, words.ConsentToPublish, words.OnBehalfOf),
                cancellationToken);
            return secret;
        }

        var key = DraftCode.IdempotencyKey(DraftCode.Read(request.Code)!, masterKey);
        var receipt = await mediator.Send(
            new SubmitResponse(request.Slug, key, request.ArrivedAt, answers, words.ConsentToPublish, words.OnBehalfOf, Email: words.Email), cancellationToken);
        return receipt.Secret;
    }

    private async Task NoteLateAttempt(SendDraft request, ConsultationFacts facts, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await drafts.Lock(request.Code, facts, cancellationToken) is { } draft)
        {
            draft.ComeTooLate(request.ArrivedAt);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
