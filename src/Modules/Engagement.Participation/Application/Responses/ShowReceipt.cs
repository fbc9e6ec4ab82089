using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Responses;

/// <summary>One's own response, its state, and what became of it once the outcome is published.</summary>
/// <param name="Secret">The receipt's secret, as it was given.</param>
/// <param name="Reference">Where it is named as well, it must be that of the secret; null where the secret stands alone.</param>
[AllowsAnyone]
public sealed record ShowReceipt(string? Secret, string? Reference = null) : IQuery<OwnResponse>;

/// <param name="Version">The version to name in <c>If-Match</c> with a change.</param>
/// <param name="State"><c>submitted</c>, <c>withdrawn</c>, or <c>late</c> while nobody has ruled that it counts.</param>
/// <param name="Answers">By question code, as they can be sent again; empty once withdrawn.</param>
/// <param name="CanChange">Until the consultation closes.</param>
/// <param name="HasEqualityAnswers">Answers to the equality questions are kept, which can still be taken back.</param>
/// <param name="Outcome">Null while none is published.</param>
public sealed record OwnResponse(
    string Reference,
    int Version,
    string State,
    ConsultationId ConsultationId,
    string Slug,
    string Title,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? ChangedAt,
    DateTimeOffset ClosesAt,
    bool CanChange,
    int QuestionnaireVersion,
    IReadOnlyDictionary<string, AnswerValue> Answers,
    bool ConsentToPublish,
    string? OnBehalfOf,
    string Language,
    bool HasEqualityAnswers,
    OwnOutcome? Outcome);

/// <param name="Themes">Every theme of the outcome, those first that this response's own words fell under.</param>
public sealed record OwnOutcome(int Version, DateTimeOffset PublishedAt, string DecisionBody, DateOnly DecidedOn, IReadOnlyList<OwnTheme> Themes);

/// <param name="IsYours">Whether this response's own words fell under the theme.</param>
/// <param name="Reason">Why not, or why only partly; null where the whole was adopted.</param>
public sealed record OwnTheme(string Name, bool IsYours, string Asked, string Said, string Disposition, string Did, string? Reason);

internal sealed class ShowReceiptHandler(
    IParticipationDb db, OwnResponses own, Copies<ResponseForm> copies, QuestionnaireCache questionnaires, IMediator mediator, TimeProvider clock)
    : IRequestHandler<ShowReceipt, OwnResponse>
{
    public async Task<OwnResponse> Handle(ShowReceipt request, CancellationToken cancellationToken)
    {
        var (response, hasEqualityAnswers) = await own.Show(request.Secret, request.Reference, cancellationToken);
        var now = clock.GetUtcNow();
        var form = (await copies.Find(
            response.ConsultationId.ToString(), f => f.Accepts(now), async () => await db.Forms.AsNoTracking().SingleAsync(f => f.ConsultationId == response.ConsultationId, cancellationToken)))!;
        var questionnaire = await questionnaires.Find(db, response.ConsultationId, response.QuestionnaireVersion, cancellationToken);
        var isOpen = form.Accepts(now);
        return new OwnResponse(
            ReceiptReference.Show(response.Reference),
            response.Version,
            response.IsWithdrawn ? "withdrawn" : response.IsCounted ? "submitted" : "late",
            response.ConsultationId,
            form.Slug,
            form.Title,
            response.SubmittedAt,
            response.ChangedAt,
            form.ClosesAt,
            !response.IsWithdrawn && isOpen,
            response.QuestionnaireVersion,
            response.IsWithdrawn ? new Dictionary<string, AnswerValue>(StringComparer.Ordinal) : StoredAnswers.Read(questionnaire, response.Answers),
            response.ConsentToPublish,
            response.OnBehalfOf,
            response.Language,
            hasEqualityAnswers,

            // Nothing is decided while answers are taken.
            isOpen ? null : await OutcomeFor(response, cancellationToken));
    }

    private async Task<OwnOutcome?> OutcomeFor(Response response, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new FindResponseOutcomes(response.ConsultationId, [response.Id]), cancellationToken) is not { } outcome)
        {
            return null;
        }

        var yours = outcome.ThemesOf.GetValueOrDefault(response.Id, []);
        return new OwnOutcome(
            outcome.Version, outcome.PublishedAt, outcome.DecisionBody, outcome.DecidedOn,
            [
                .. outcome.Themes
                    .Select(t => new OwnTheme(t.Name, yours.Contains(t.Id), t.Asked, t.Said, t.Disposition, t.Did, t.Reason))
                    .OrderByDescending(t => t.IsYours),
            ]);
    }
}
