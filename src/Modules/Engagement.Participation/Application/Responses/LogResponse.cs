using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Telling;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using FluentValidation;
using MediatR;

namespace Engagement.Participation.Application.Responses;

/// <summary>
/// Logs a response that reached the council by another way: on paper, by e-mail, by telephone, at an event. What it says it was
/// received decides: in time it counts; after the deadline it stays outside the count until an officer rules on it. What was left
/// out on paper may be missing here too.
/// </summary>
/// <param name="Channel">Any but web.</param>
/// <param name="ReceivedOn">The UK day on which it reached the council; null where <paramref name="ReceivedAt"/> is given. A whole day counts in the sender's favour.</param>
/// <param name="ReceivedAt">The instant, where it is known, as of an e-mail.</param>
/// <param name="Evidence">What shows when it came, such as the date stamp; needed once the set has been sealed, and kept in the history.</param>
[RequiresScope("participation:write")]
public sealed record LogResponse(
    ConsultationId ConsultationId,
    ResponseChannel Channel,
    DateOnly? ReceivedOn,
    DateTimeOffset? ReceivedAt,
    IReadOnlyDictionary<string, AnswerValue?> Answers,
    bool ConsentToPublish = false,
    string? OnBehalfOf = null,
    string? Language = null,
    string? Email = null,
    string? Evidence = null) : ICommand<LoggedResponse>;

/// <param name="Standing"><c>in-time</c>, <c>entered-after-seal</c> (counts, as a recorded late entry) or <c>late</c> (waits for a ruling).</param>
public sealed record LoggedResponse(ResponseId Id, string Reference, string Standing, DateOnly ReceivedOn);

internal sealed class LogResponseValidator : AbstractValidator<LogResponse>
{
    public const int LongestEvidence = 500;

    public LogResponseValidator(TimeProvider clock)
    {
        RuleFor(c => c.Answers).AreNotTooMany();
        RuleFor(c => c.OnBehalfOf).IsAName();
        RuleFor(c => c.Language).IsALanguage();
        RuleFor(c => c.Email).IsAnAddress();
        RuleFor(c => c.Channel).NotEqual(ResponseChannel.Web).WithMessage("What came by the public pages is there already. Name the channel it came by");
        RuleFor(c => c.ReceivedOn)
            .Must((c, on) => on is null != c.ReceivedAt is null).WithMessage("Give the day on which it was received, or the instant, and not both")
            .Must(on => on is null || on <= UkTime.DateOf(clock.GetUtcNow())).WithMessage("The day on which it was received cannot be in the future");
        RuleFor(c => c.ReceivedAt).Must(at => at is null || at <= clock.GetUtcNow()).WithMessage("The instant at which it was received cannot be in the future");
        RuleFor(c => c.Evidence).MaximumLength(LongestEvidence).WithMessage($"Describe the evidence in {LongestEvidence} characters or fewer");
    }
}

internal sealed class LogResponseHandler(
    IParticipationDb db,
    IResponseStore store,
    ResponseForms forms,
    QuestionnaireCache questionnaires,
    ContactKeeper contacts,
    ICurrentActor current,
    TimeProvider clock) : IRequestHandler<LogResponse, LoggedResponse>
{
    public async Task<LoggedResponse> Handle(LogResponse request, CancellationToken cancellationToken)
    {
        var form = await forms.BringUpToDate(request.ConsultationId, cancellationToken) ?? throw new NotFoundException("consultation");
        var receivedOn = request.ReceivedOn ?? UkTime.DateOf(request.ReceivedAt!.Value);
        var arrival = form.JudgeArrival(receivedOn, request.ReceivedAt);
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (arrival != Arrival.InTime)
        {
            form = await forms.LockForRecord(request.ConsultationId, cancellationToken) ?? throw new NotFoundException("consultation");
            arrival = form.JudgeArrival(receivedOn, request.ReceivedAt);
        }

        if (arrival == Arrival.EnteredAfterSeal && string.IsNullOrWhiteSpace(request.Evidence))
        {
            throw new RuleBrokenException(
                "evidence-required", "The set of responses has been sealed. Say what shows that this one came in time, such as the date stamp on the envelope: it is kept on the record.");
        }

        var response = await Make(form, request, receivedOn, arrival, cancellationToken);
        if (await store.StoreWithTheRest(response, draft: null, cancellationToken) == StoredAs.Nothing)
        {
            throw new RuleBrokenException("changed-meanwhile", "The consultation changed while the response was being logged, so nothing was stored. Log it again.");
        }

        form.RecordEntry(response.Id, arrival, receivedOn, request.Evidence?.Trim(), clock.GetUtcNow());
        if (request.Email is not null)
        {
            await contacts.Keep(request.Email, response, form, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return new LoggedResponse(response.Id, ReceiptReference.Show(response.Reference), Standing.Of(response), receivedOn);
    }

    private async Task<Response> Make(ResponseForm form, LogResponse request, DateOnly receivedOn, Arrival arrival, CancellationToken cancellationToken)
    {
        var version = form.QuestionnaireVersion!.Value;
        var questionnaire = await questionnaires.Find(db, form.ConsultationId, version, cancellationToken);
        var sheet = ResponseRules.CheckAnswers(questionnaire, request.Answers, mayBeIncomplete: true);
        var facts = new SubmissionFacts(
            form.ConsultationId, $"logged {Guid.CreateVersion7()}", [], version, request.Channel, request.Language ?? ResponseRules.DefaultLanguage,
            ResponseRules.CleanName(request.OnBehalfOf), request.ConsentToPublish, clock.GetUtcNow(), receivedOn, arrival, current.Actor.ToString());
        return Response.Submit(facts, StoredAnswers.Of(questionnaire, sheet));
    }
}

/// <summary>How a response stands to the deadline, the seal and the rulings, in one word.</summary>
internal static class Standing
{
    public static string Of(Response response) => Of(response.IsLate, response.EnteredAfterSeal, response.Ruling);

    public static string Of(bool isLate, bool enteredAfterSeal, Ruling? ruling) =>
        enteredAfterSeal ? "entered-after-seal"
        : !isLate ? "in-time"
        : ruling switch
        {
            Ruling.Admitted => "late-admitted",
            Ruling.Refused => "late-refused",
            _ => "late",
        };
}
