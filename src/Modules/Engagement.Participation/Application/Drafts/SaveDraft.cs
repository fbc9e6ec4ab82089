using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;

namespace Engagement.Participation.Application.Drafts;

/// <summary>
/// Keeps what was answered on one page, as it was typed: also what needs correcting, and also what comes after the deadline, so
/// that nobody loses words. Nothing of it counts before it is sent.
/// </summary>
/// <param name="Code">Null, or one that leads nowhere any more, begins a new draft.</param>
/// <param name="Page">The page's number, from 1.</param>
/// <param name="Shown">Codes of the questions that the page showed: of those, one without an answer is no longer answered.</param>
[AllowsAnyone]
public sealed record SaveDraft(
    string Slug, string? Code, DateTimeOffset ArrivedAt, int Page, IReadOnlyCollection<string> Shown, IReadOnlyDictionary<string, AnswerValue?> Answers) : ICommand<SavedDraft>;

/// <summary>Keeps how the response is to be sent: for whom, whether its words may be published, where to be told.</summary>
/// <param name="Email">Null for nowhere.</param>
[AllowsAnyone]
public sealed record SaveDraftDetails(string Slug, string? Code, DateTimeOffset ArrivedAt, string? OnBehalfOf, bool ConsentToPublish, string? Email) : ICommand<SavedDraft>;

/// <param name="Code">Leads back to the draft; nobody else knows it.</param>
/// <param name="IsSent">It had been sent already, so nothing was kept.</param>
/// <param name="Journey">By the answers as they are now.</param>
public sealed record SavedDraft(string Code, RespondingState State, bool IsSent, Journey Journey);

internal sealed class SaveDraftValidator : AbstractValidator<SaveDraft>
{
    public SaveDraftValidator() => RuleFor(c => c.Answers).AreNotTooMany();
}

internal sealed class SaveDraftDetailsValidator : AbstractValidator<SaveDraftDetails>
{
    public SaveDraftDetailsValidator()
    {
        RuleFor(c => c.OnBehalfOf).IsAName();
        RuleFor(c => c.Email).IsAnAddress();
    }
}

internal sealed class SaveDraftHandler(IParticipationDb db, OwnDrafts drafts, QuestionnaireCache questionnaires, MasterKey masterKey)
    : IRequestHandler<SaveDraft, SavedDraft>, IRequestHandler<SaveDraftDetails, SavedDraft>
{
    public Task<SavedDraft> Handle(SaveDraft request, CancellationToken cancellationToken) => Save(
        request.Slug,
        request.Code,
        request.ArrivedAt,
        (words, questionnaire) => words with { Answers = Merge(words, questionnaire, request) },
        cancellationToken);

    public Task<SavedDraft> Handle(SaveDraftDetails request, CancellationToken cancellationToken) => Save(
        request.Slug,
        request.Code,
        request.ArrivedAt,
        (words, _) => words with { OnBehalfOf = ResponseRules.CleanName(request.OnBehalfOf), ConsentToPublish = request.ConsentToPublish, Email = request.Email },
        cancellationToken);

    private async Task<SavedDraft> Save(
        string slug, string? code, DateTimeOffset arrivedAt, Func<DraftContent, QuestionnaireContent, DraftContent> change, CancellationToken cancellationToken)
    {
        var facts = await drafts.FindConsultation(slug, arrivedAt, cancellationToken) ?? throw new NotFoundException("consultation");
        var state = Responding.StateOf(facts, arrivedAt);
        if (state == RespondingState.NotYetOpen)
        {
            throw NotOpen();
        }

        while (true)
        {
            var draft = await drafts.Find(code, facts, cancellationToken);
            var words = draft?.Read(masterKey) ?? new DraftContent();
            var version = VersionFor(facts, draft, words) ?? throw NotOpen();
            var questionnaire = await questionnaires.Find(db, facts.Id, version, cancellationToken);
            if (draft?.IsSent == true)
            {
                return new SavedDraft(DraftCode.Read(code)!, state, IsSent: true, Journey.Of(questionnaire, words.AnswersByCode()));
            }

            words = change(words, questionnaire);
            (draft, var itsCode) = Write(draft, code, facts, version, words, arrivedAt);
            if (state == RespondingState.Closed)
            {
                draft.ComeTooLate(arrivedAt);
            }

            if (await drafts.Keep(draft, itsCode, cancellationToken))
            {
                return new SavedDraft(itsCode, state, IsSent: false, Journey.Of(questionnaire, words.AnswersByCode()));
            }

            // Another window was faster: this page goes on top of what that one wrote.
        }
    }

    /// <summary>The approved version; a change of a response stays with the version that was answered, words that come in a pause with their own.</summary>
    private static int? VersionFor(ConsultationFacts facts, Draft? draft, DraftContent words) =>
        words.ReplacesVersion is not null ? draft!.QuestionnaireVersion : facts.QuestionnaireVersion ?? draft?.QuestionnaireVersion;

    private (Draft Draft, string Code) Write(Draft? draft, string? code, ConsultationFacts facts, int version, DraftContent words, DateTimeOffset now)
    {
        if (draft is not null)
        {
            draft.Write(words, version, masterKey, now);
            return (draft, DraftCode.Read(code)!);
        }

        var fresh = DraftCode.New();
        return (Draft.Begin(facts.Id, version, words, fresh, masterKey, now), fresh);
    }

    private static Dictionary<string, AnswerValue> Merge(DraftContent words, QuestionnaireContent questionnaire, SaveDraft request)
    {
        if (request.Page < 1 || request.Page > questionnaire.Pages.Count)
        {
            throw new NotFoundException("page of the questionnaire");
        }

        var merged = new Dictionary<string, AnswerValue>(words.AnswersByCode(), StringComparer.Ordinal);
        foreach (var code in questionnaire.Pages[request.Page - 1].Questions.Select(q => q.Code).Intersect(request.Shown, StringComparer.Ordinal))
        {
            if (request.Answers.GetValueOrDefault(code) is { IsEmpty: false } answer)
            {
                merged[code] = Clean(answer);
            }
            else
            {
                merged.Remove(code);
            }
        }

        return merged;
    }

    /// <summary>As it was typed, but for what no text may hold.</summary>
    private static AnswerValue Clean(AnswerValue answer) =>
        answer.Text is { } text ? AnswerValue.Of(PlainText.Clean(text))
        : answer.List is { } list ? AnswerValue.Of([.. list.Select(PlainText.Clean)])
        : answer;

    private static RuleBrokenException NotOpen() =>
        new("consultation-not-open", "This consultation is not open, so there is nothing to answer yet. Come back when it opens.");
}
