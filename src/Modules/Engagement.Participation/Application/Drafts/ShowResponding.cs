using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Security;
using MediatR;

namespace Engagement.Participation.Application.Drafts;

/// <summary>Where somebody stands who answers a consultation in the browser: what is asked, what was answered, what comes next.</summary>
/// <param name="Code">The draft's; null where nothing has been answered yet.</param>
[AllowsAnyone]
public sealed record ShowResponding(string Slug, string? Code) : IQuery<RespondingView>;

/// <param name="OpensAt">The first instant at which answers are taken.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
/// <param name="Questionnaire">The approved version; of a draft that changes a response, the version that was answered. Null while nothing is approved.</param>
/// <param name="Journey">By the draft's answers; null where there is no questionnaire.</param>
/// <param name="Draft">Null without a code, with a wrong one, and once the draft's time is over.</param>
public sealed record RespondingView(
    string Slug,
    string Title,
    RespondingState State,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    EqualityAnswers EqualityAnswers,
    QuestionnaireContent? Questionnaire,
    Journey? Journey,
    DraftView? Draft);

/// <param name="Answers">By question code, as they were typed.</param>
/// <param name="QuestionsChanged">Another version of the questionnaire has been approved since the last answer.</param>
/// <param name="IsChange">It changes a response that was sent.</param>
/// <param name="Receipt">The receipt's secret of the response that it has become; null while it has not.</param>
/// <param name="LateAt">When somebody first tried to send it after the deadline.</param>
public sealed record DraftView(
    IReadOnlyDictionary<string, AnswerValue> Answers,
    string? OnBehalfOf,
    bool ConsentToPublish,
    string? Email,
    DateTimeOffset ChangedAt,
    DateTimeOffset KeptUntil,
    bool QuestionsChanged,
    bool IsChange,
    bool HasReminder,
    DateTimeOffset? LateAt,
    DateTimeOffset? SentAt,
    string? Receipt);

internal sealed class ShowRespondingHandler(IParticipationDb db, OwnDrafts drafts, QuestionnaireCache questionnaires, MasterKey masterKey, TimeProvider clock)
    : IRequestHandler<ShowResponding, RespondingView>
{
    public async Task<RespondingView> Handle(ShowResponding request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var facts = await drafts.FindConsultation(request.Slug, now, cancellationToken) ?? throw new NotFoundException("consultation");
        var draft = await drafts.Find(request.Code, facts, cancellationToken);
        var words = draft?.Read(masterKey);
        var isChange = words?.ReplacesVersion is not null;
        var version = isChange ? draft!.QuestionnaireVersion : facts.QuestionnaireVersion ?? draft?.QuestionnaireVersion;
        var questionnaire = version is null ? null : await questionnaires.Find(db, facts.Id, version.Value, cancellationToken);
        return new RespondingView(
            facts.Slug,
            facts.Title,
            Responding.StateOf(facts, now),
            facts.OpensAt,
            facts.ClosesAt,
            facts.EqualityAnswers,
            questionnaire,
            questionnaire is null ? null : Journey.Of(questionnaire, (words ?? new DraftContent()).AnswersByCode()),
            draft is null ? null : new DraftView(
                words!.AnswersByCode(), words.OnBehalfOf, words.ConsentToPublish, words.Email, draft.ChangedAt, drafts.KeptUntil(draft, facts),
                !draft.IsSent && draft.QuestionnaireVersion != version, isChange, draft.Reminder is not null, draft.LateAt, draft.SentAt,
                draft.IsSent ? words.Receipt : null));
    }
}
