using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Telling;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Audit;
using Engagement.Platform.Security;
using Engagement.Platform.Web;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Responses;

/// <summary>
/// Takes a response, if it arrived in time. The same key with the same content gets the same receipt again, even after the
/// consultation has closed.
/// </summary>
/// <param name="IdempotencyKey">16 to 255 visible ASCII characters, the sender's own.</param>
/// <param name="ArrivedAt">The instant at which the complete request had arrived: it decides whether the response is in time.</param>
/// <param name="OnBehalfOf">The organisation or person answered for; null for oneself.</param>
/// <param name="Language">A BCP 47 tag; null is English.</param>
/// <param name="Email">Where to be told; kept apart from the answers. Null for nowhere.</param>
/// <param name="Channel">Anything but web needs the scope <c>participation:write</c>. What a client sends without naming another came by the API.</param>
/// <param name="AutomationSign">Why it may have been sent by a program; it decides nothing.</param>
[AllowsAnyone]
public sealed record SubmitResponse(
    string Slug,
    string IdempotencyKey,
    DateTimeOffset ArrivedAt,
    IReadOnlyDictionary<string, AnswerValue?> Answers,
    bool ConsentToPublish = false,
    string? OnBehalfOf = null,
    string? Language = null,
    string? Email = null,
    ResponseChannel Channel = ResponseChannel.Web,
    AutomationSign? AutomationSign = null) : ICommand<ResponseReceipt>
{
    /// <summary>The draft that is sent by this: where nobody has written it meanwhile it is sent as soon as the response is stored, and not before.</summary>
    internal Draft? Draft { get; init; }
}

/// <param name="Reference">Names the response, such as <c>7K3M-9QXP-2VTD</c>; proves nothing.</param>
/// <param name="Secret">Proves that the response is one's own: sent as <c>Receipt-Secret</c>, it suffices alone.</param>
/// <param name="SubmittedAt">When the response arrived.</param>
/// <param name="ClosesAt">The first instant at which it can no longer be changed.</param>
/// <param name="IsRepeat">True where this key had been used before and nothing was stored anew.</param>
public sealed record ResponseReceipt(string Reference, string Secret, DateTimeOffset SubmittedAt, DateTimeOffset ClosesAt, bool IsRepeat);

internal sealed class SubmitResponseValidator : AbstractValidator<SubmitResponse>
{
    public SubmitResponseValidator()
    {
        RuleFor(c => c.Answers).AreNotTooMany();
        RuleFor(c => c.OnBehalfOf).IsAName();
        RuleFor(c => c.Language).IsALanguage();
        RuleFor(c => c.Email).IsAnAddress();
    }
}

internal sealed class SubmitResponseHandler(
    IParticipationDb db,
    IResponseStore store,
    ResponseForms forms,
    QuestionnaireCache questionnaires,
    ContactKeeper contacts,
    ICurrentActor current,
    MasterKey masterKey,
    IOptions<ParticipationOptions> options) : IRequestHandler<SubmitResponse, ResponseReceipt>
{
    private const string WriteScope = "participation:write";

    public async Task<ResponseReceipt> Handle(SubmitResponse request, CancellationToken cancellationToken)
    {
        CheckChannel(request.Channel);
        var key = $"{current.Actor} {request.IdempotencyKey}";
        var fingerprint = Fingerprint(request);
        var form = await forms.FindCached(request.Slug, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            if (attempt > 1 || form?.Accepts(request.ArrivedAt) != true)
            {
                // Consultations has the last word before anything is refused: an extension may be under way.
                form = await forms.BringUpToDate(request.Slug, cancellationToken) ?? throw new NotFoundException("consultation");
                if (!form.Accepts(request.ArrivedAt))
                {
                    if (await FindRepeat(form, key, fingerprint, cancellationToken) is { } earlier)
                    {
                        return earlier;
                    }

                    form.MustAccept(request.ArrivedAt, options.Value.LateComments);
                }
            }

            var response = await Make(form, request, key, fingerprint, cancellationToken);
            if (await Store(response, form, request, cancellationToken))
            {
                return Receipt(response, form.ClosesAt, isRepeat: false);
            }

            if (await FindRepeat(form, key, fingerprint, cancellationToken) is { } repeat)
            {
                return repeat;
            }

            if (attempt == 2)
            {
                throw new TimeoutException("The consultation changed twice while the response was being stored.");
            }
        }
    }

    private async Task<Response> Make(ResponseForm form, SubmitResponse request, string key, byte[] fingerprint, CancellationToken cancellationToken)
    {
        var version = form.QuestionnaireVersion!.Value;
        var questionnaire = await questionnaires.Find(db, form.ConsultationId, version, cancellationToken);
        var sheet = ResponseRules.CheckAnswers(questionnaire, request.Answers);
        var facts = new SubmissionFacts(
            form.ConsultationId, key, fingerprint, version, ChannelOf(request), request.Language ?? ResponseRules.DefaultLanguage,
            ResponseRules.CleanName(request.OnBehalfOf), request.ConsentToPublish, request.ArrivedAt, AutomationSign: request.AutomationSign);
        return Response.Submit(facts, StoredAnswers.Of(questionnaire, sheet));
    }

    private async Task<bool> Store(Response response, ResponseForm form, SubmitResponse request, CancellationToken cancellationToken)
    {
        var sent = request.Draft?.AsSent(ReceiptSecret.Of(response, masterKey).ToString(), masterKey, request.ArrivedAt);

        // Without an address it is the whole: committed when it returns.
        var stored = request.Email is { } email ? await StoreWithAddress(email, response, sent, form, cancellationToken) : await store.Store(response, sent, cancellationToken);
        if (stored == StoredAs.ResponseAndDraft)
        {
            request.Draft!.Send(sent!);
        }

        return stored != StoredAs.Nothing;
    }

    private async Task<StoredAs> StoreWithAddress(string email, Response response, SentDraft? sent, ResponseForm form, CancellationToken cancellationToken)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var stored = await store.StoreWithTheRest(response, sent, cancellationToken);
        if (stored == StoredAs.Nothing)
        {
            return stored;
        }

        await contacts.Keep(email, response, form, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return stored;
    }

    private async Task<ResponseReceipt?> FindRepeat(ResponseForm form, string key, byte[] fingerprint, CancellationToken cancellationToken)
    {
        var stored = await db.Responses.AsNoTracking()
            .SingleOrDefaultAsync(r => r.ConsultationId == form.ConsultationId && r.IdempotencyKey == key, cancellationToken);
        return stored is null ? null
            : stored.Fingerprint.AsSpan().SequenceEqual(fingerprint) ? Receipt(stored, form.ClosesAt, isRepeat: true)
            : throw IdempotencyException.Reused();
    }

    private ResponseReceipt Receipt(Response response, DateTimeOffset closesAt, bool isRepeat) => new(
        ReceiptReference.Show(response.Reference), ReceiptSecret.Of(response, masterKey).ToString(), response.SubmittedAt, closesAt, isRepeat);

    /// <summary>Web is who answers for themselves: what a client sends for others is never among those unmarked.</summary>
    private ResponseChannel ChannelOf(SubmitResponse request) =>
        current.Actor.Kind == ActorKind.Client && request.Channel == ResponseChannel.Web ? ResponseChannel.Api : request.Channel;

    private void CheckChannel(ResponseChannel channel)
    {
        if ((channel != ResponseChannel.Web || current.Actor.Kind == ActorKind.Client) && !current.Has(WriteScope))
        {
            throw new ForbiddenException(ForbiddenException.InsufficientScope, $"Sending responses by a client, or by another channel than web, needs the scope {WriteScope}.");
        }
    }

    /// <summary>Keyed, because the content may be guessed: it holds an address.</summary>
    private byte[] Fingerprint(SubmitResponse r) => masterKey.Hash(
        "response-fingerprint",
        CanonicalJson.Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("answers");
            foreach (var (code, answer) in r.Answers.OrderBy(a => a.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(code);
                if (answer is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    answer.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
            writer.WriteString("channel", r.Channel.ToString());
            writer.WriteBoolean("consentToPublish", r.ConsentToPublish);
            writer.WriteString("email", r.Email);
            writer.WriteString("language", r.Language);
            writer.WriteString("onBehalfOf", r.OnBehalfOf);
            writer.WriteEndObject();
        }));
}
