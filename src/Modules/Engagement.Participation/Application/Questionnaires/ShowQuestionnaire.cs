using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Questionnaires;

/// <summary>The questionnaire of a consultation, for officers.</summary>
/// <param name="Version">Null for the newest.</param>
[RequiresScope("participation:read")]
public sealed record ShowQuestionnaire(ConsultationId ConsultationId, int? Version = null) : IQuery<QuestionnaireView>;

/// <summary>What the public is asked: the approved version, as soon as the public may know of the consultation.</summary>
[AllowsAnyone]
public sealed record ShowPublicQuestionnaire(string Slug) : IQuery<PublicQuestionnaireView>;

/// <param name="LatestVersion">The newest version's number.</param>
/// <param name="Digest">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="ETag">The version to name in <c>If-Match</c>.</param>
public sealed record QuestionnaireView(
    ConsultationId ConsultationId, int Version, int LatestVersion, string Digest, DateTimeOffset CreatedAt, QuestionnaireContent Content, int ETag);

/// <param name="EqualityAnswers"><c>linked</c> or <c>separate</c>: how answers to the equality questions, asked afterwards, are kept.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
public sealed record PublicQuestionnaireView(
    string Slug, string Title, int Version, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, EqualityAnswers EqualityAnswers, QuestionnaireContent Content);

internal sealed class ShowQuestionnaireHandler(IParticipationDb db, IMediator mediator, QuestionnaireCache questionnaires)
    : IRequestHandler<ShowQuestionnaire, QuestionnaireView>, IRequestHandler<ShowPublicQuestionnaire, PublicQuestionnaireView>
{
    public async Task<QuestionnaireView> Handle(ShowQuestionnaire request, CancellationToken cancellationToken)
    {
        var found = await (
            from q in db.Questionnaires.AsNoTracking()
            join v in db.QuestionnaireVersions on q.ConsultationId equals v.ConsultationId
            where q.ConsultationId == request.ConsultationId && v.Number == (request.Version ?? q.LatestVersion)
            select new { q.LatestVersion, ETag = q.Version, Version = v }).SingleOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException("questionnaire");
        return new QuestionnaireView(
            request.ConsultationId, found.Version.Number, found.LatestVersion, found.Version.Digest, found.Version.CreatedAt, found.Version.Content(), found.ETag);
    }

    public async Task<PublicQuestionnaireView> Handle(ShowPublicQuestionnaire request, CancellationToken cancellationToken)
    {
        var facts = await mediator.Send(new FindPublicConsultation(request.Slug), cancellationToken);
        return facts?.QuestionnaireVersion is { } version
            ? new PublicQuestionnaireView(
                facts.Slug, facts.Title, version, facts.OpensAt, facts.ClosesAt, facts.EqualityAnswers,
                await questionnaires.Find(db, facts.Id, version, cancellationToken))
            : throw new NotFoundException("questionnaire");
    }
}
