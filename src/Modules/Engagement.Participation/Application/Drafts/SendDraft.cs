using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Security;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Drafts;

/// <summary>
/// Sends a draft: it becomes a response, or changes the one that it was made from. Sent twice, it is sent once, and the answer is
/// the same. What comes too late is not counted and not lost: the draft is kept for some days, so that its owner can copy it.
/// </summary>
/// <param name="TrapFilled">The field that nobody sees was filled in: a sign for officers, nothing else.</param>
/// <param name="OneOfMany">Very many have come from the same address: the same.</param>
[AllowsAnyone]
public sealed record SendDraft(string Slug, string? Code, DateTimeOffset ArrivedAt, bool TrapFilled = false, bool OneOfMany = false) : ICommand<SendDraftResult>;

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

internal sealed class SendDraftHandler(IParticipationDb db, OwnDrafts drafts, QuestionnaireCache questionnaires, IMediator mediator, ICurrentActor current, MasterKey masterKey)
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
        while (true)
        {
            var draft = await drafts.Find(request.Code, facts, cancellationToken);
            if (draft is null || draft.IsSent)
            {
                return new SendDraftResult(draft is null ? SendDraftOutcome.NotFound : SendDraftOutcome.Sent);
            }

            var words = draft.Read(masterKey);
            if (words.ReplacesVersion is not null)
            {
                return await SendChange(request, facts, cancellationToken);
            }

            var questionnaire = await questionnaires.Find(db, facts.Id, facts.QuestionnaireVersion ?? draft.QuestionnaireVersion, cancellationToken);
            var journey = Journey.Of(questionnaire, words.AnswersByCode());
            if (Incomplete(request, facts, journey) is { } incomplete)
            {
                return incomplete;
            }

            var code = DraftCode.Read(request.Code)!;
            var key = DraftCode.IdempotencyKey(code, masterKey);
            try
            {
                // A draft begins with its first page; the other pages, the details and the summary followed.
                var sign = AutomationSigns.Of(request.TrapFilled, request.OneOfMany, request.ArrivedAt - draft.CreatedAt, journey.Pages.Count + 1);

                // However often and in how many windows: under this key it becomes one response. Those of a crowd are stored together.
                var receipt = await mediator.Send(
                    new SubmitResponse(request.Slug, key, request.ArrivedAt, Journey.Known(questionnaire, words.AnswersByCode()), words.ConsentToPublish, words.OnBehalfOf,
                        Email: words.Email, AutomationSign: sign) { Draft = draft },
                    cancellationToken);
                if (draft.IsSent)
                {
                    return new SendDraftResult(SendDraftOutcome.Sent);
                }

                // It was written meanwhile, or has become this response before.
                draft.Send(draft.AsSent(receipt.Secret, masterKey, request.ArrivedAt));
            }
            catch (IdempotencyException)
            {
                // It has become a response, and more was written before that could be noted here: what was written since changes that response.
                var sent = await db.Responses.AsNoTracking().SingleAsync(r => r.ConsultationId == facts.Id && r.IdempotencyKey == $"{current.Actor} {key}", cancellationToken);
                draft.Write(
                    words with { Receipt = ReceiptSecret.Of(sent, masterKey).ToString(), ReplacesVersion = sent.Version }, sent.QuestionnaireVersion, masterKey, request.ArrivedAt);
            }

            // Where another window has written meanwhile, what it wrote is looked at.
            if (await drafts.Keep(draft, code, cancellationToken) && draft.IsSent)
            {
                return new SendDraftResult(SendDraftOutcome.Sent);
            }
        }
    }

    private async Task<SendDraftResult> SendChange(SendDraft request, ConsultationFacts facts, CancellationToken cancellationToken)
    {
        // Whoever sends the same change at the same moment waits here, and then finds it sent.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var draft = await drafts.Lock(request.Code, facts, cancellationToken);
        if (draft is null || draft.IsSent)
        {
            return new SendDraftResult(draft is null ? SendDraftOutcome.NotFound : SendDraftOutcome.Sent);
        }

        var words = draft.Read(masterKey);
        var questionnaire = await questionnaires.Find(db, facts.Id, draft.QuestionnaireVersion, cancellationToken);
        if (Incomplete(request, facts, Journey.Of(questionnaire, words.AnswersByCode())) is { } incomplete)
        {
            return incomplete;
        }

        var secret = words.Receipt!;
        await mediator.Send(
            new ReplaceResponse(
                secret, ReceiptSecret.Read(secret)!.Reference, words.ReplacesVersion!.Value, request.ArrivedAt, Journey.Known(questionnaire, words.AnswersByCode()), words.ConsentToPublish,
                words.OnBehalfOf),
            cancellationToken);
        draft.Send(draft.AsSent(secret, masterKey, request.ArrivedAt));

        // Named as changed: what was sent in between may have made the context forget what it had read.
        db.Drafts.Update(draft);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SendDraftResult(SendDraftOutcome.Sent);
    }

    /// <returns>Null where it can be sent; also where it is late: that is said first.</returns>
    private static SendDraftResult? Incomplete(SendDraft request, ConsultationFacts facts, Journey journey) =>
        (journey.FirstIncomplete is not null || journey.Exit is not null) && Responding.StateOf(facts, request.ArrivedAt) != RespondingState.Closed
            ? new SendDraftResult(SendDraftOutcome.Incomplete, journey)
            : null;

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
