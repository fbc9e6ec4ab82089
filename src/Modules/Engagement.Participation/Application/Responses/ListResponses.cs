using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Responses;

/// <summary>
/// The responses to a consultation, by id and so by the time of storing; withdrawn ones are left out. No address and no equality
/// answer is ever in it.
/// </summary>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Limit">1 to 200; null is 50.</param>
/// <param name="Late">True: only those that came after the deadline; false: only the others; null: all.</param>
/// <param name="From">The first UK day of receipt, counted in.</param>
/// <param name="To">The last UK day of receipt, counted in.</param>
[RequiresScope("participation:read")]
public sealed record ListResponses(
    ConsultationId ConsultationId, string? Cursor = null, int? Limit = null, ResponseChannel? Channel = null, bool? Late = null, DateOnly? From = null, DateOnly? To = null)
    : IQuery<Page<ResponseRow>>;

/// <summary>One response that has not been withdrawn.</summary>
[RequiresScope("participation:read")]
public sealed record ShowResponse(ConsultationId ConsultationId, ResponseId ResponseId) : IQuery<ResponseRow>;

/// <param name="Standing"><c>in-time</c>, <c>entered-after-seal</c>, <c>late</c>, <c>late-admitted</c> or <c>late-refused</c>.</param>
/// <param name="IsCounted">Whether it counts: in time, entered after the seal, or late and admitted.</param>
/// <param name="Version">How often its participant has answered, from 1.</param>
/// <param name="ReceivedOn">The UK day on which it reached the council.</param>
/// <param name="LoggedBy">The actor who logged it by hand; null where the participant sent it.</param>
/// <param name="Asked">Codes of the questions that were put to the participant, routing considered.</param>
/// <param name="SentBy">The client that sent it for somebody; null where a client did not.</param>
/// <param name="AutomationSign">Why it may have been sent by a program; null where nothing speaks for it. It counts all the same.</param>
public sealed record ResponseRow(
    ResponseId Id,
    string Reference,
    string Standing,
    bool IsCounted,
    int Version,
    int QuestionnaireVersion,
    ResponseChannel Channel,
    string Language,
    string? OnBehalfOf,
    bool ConsentToPublish,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? ChangedAt,
    DateOnly ReceivedOn,
    string? LoggedBy,
    RulingRow? Ruling,
    IReadOnlyList<string> Asked,
    IReadOnlyDictionary<string, AnswerValue> Answers,
    string? SentBy,
    AutomationSign? AutomationSign);

public sealed record RulingRow(bool Admitted, string By, DateTimeOffset At, string Reason);

internal sealed class ListResponsesHandler(IParticipationDb db, QuestionnaireCache questionnaires)
    : IRequestHandler<ListResponses, Page<ResponseRow>>, IRequestHandler<ShowResponse, ResponseRow>
{
    public async Task<Page<ResponseRow>> Handle(ListResponses request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var found = await After(request.ConsultationId, Cursor.Read(request.Cursor))
            .Where(r => r.WithdrawnAt == null)
            .Where(r => request.Channel == null || r.Channel == request.Channel)
            .Where(r => request.Late == null || r.IsLate == request.Late)
            .Where(r => request.From == null || r.ReceivedOn >= request.From)
            .Where(r => request.To == null || r.ReceivedOn <= request.To)
            .OrderBy(r => r.Id)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            await MustKnow(request.ConsultationId, cancellationToken);
        }

        var rows = new List<ResponseRow>();
        foreach (var response in found)
        {
            rows.Add(await Row(response, cancellationToken));
        }

        return Cursor.Cut(rows, limit, r => r.Id.Value);
    }

    public async Task<ResponseRow> Handle(ShowResponse request, CancellationToken cancellationToken)
    {
        var response = await db.Responses.AsNoTracking().SingleOrDefaultAsync(
            r => r.ConsultationId == request.ConsultationId && r.Id == request.ResponseId && r.WithdrawnAt == null, cancellationToken)
            ?? throw new NotFoundException("response");
        return await Row(response, cancellationToken);
    }

    /// <summary>In SQL, because an id has no order in C#.</summary>
    private IQueryable<Response> After(ConsultationId consultation, Guid? last)
    {
        var (id, after) = (consultation.Value, last ?? Guid.Empty);
        return db.Responses.FromSql($"select * from participation.response where consultation_id = {id} and id > {after}").AsNoTracking();
    }

    /// <summary>An empty list is one thing, a consultation that nobody knows another.</summary>
    private async Task MustKnow(ConsultationId consultation, CancellationToken cancellationToken)
    {
        if (!await db.Forms.AnyAsync(f => f.ConsultationId == consultation, cancellationToken)
            && !await db.Questionnaires.AnyAsync(q => q.ConsultationId == consultation, cancellationToken))
        {
            throw new NotFoundException("consultation");
        }
    }

    /// <summary>Whoever sent it stands before the key that it was sent under.</summary>
    private static string? ClientOf(Response response) =>
        response.IdempotencyKey.Split(' ', 2)[0] is var sender && sender.StartsWith("client:", StringComparison.Ordinal) ? sender : null;

    private async Task<ResponseRow> Row(Response r, CancellationToken cancellationToken)
    {
        var questionnaire = await questionnaires.Find(db, r.ConsultationId, r.QuestionnaireVersion, cancellationToken);
        return new ResponseRow(
            r.Id, ReceiptReference.Show(r.Reference), Standing.Of(r), r.IsCounted, r.Version, r.QuestionnaireVersion, r.Channel, r.Language, r.OnBehalfOf,
            r.ConsentToPublish, r.SubmittedAt, r.ChangedAt, r.ReceivedOn, r.LoggedBy,
            r.Ruling is { } ruling ? new RulingRow(ruling == Ruling.Admitted, r.RuledBy!, r.RuledAt!.Value, r.RulingReason!) : null,
            r.Asked, StoredAnswers.Read(questionnaire, r.Answers), ClientOf(r), r.AutomationSign);
    }
}
