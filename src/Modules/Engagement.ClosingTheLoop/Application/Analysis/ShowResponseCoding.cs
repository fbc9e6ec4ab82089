using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>How one response is coded, and what of it is yet to be coded.</summary>
[RequiresScope("outcomes:read")]
public sealed record ShowResponseCoding(ConsultationId ConsultationId, ResponseId ResponseId) : IQuery<ResponseCodingView>;

/// <param name="Version">The ETag; 0 while nobody has coded it.</param>
/// <param name="Answers">For each coded question its themes, merged ones as what they became; an empty list is "none".</param>
/// <param name="Uncoded">Free-text questions that it answered and nobody has coded.</param>
public sealed record ResponseCodingView(int Version, IReadOnlyDictionary<string, IReadOnlyList<ThemeId>> Answers, IReadOnlyList<string> Uncoded);

internal sealed class ShowResponseCodingHandler(IClosingTheLoopDb db, IMediator mediator) : IRequestHandler<ShowResponseCoding, ResponseCodingView>
{
    public async Task<ResponseCodingView> Handle(ShowResponseCoding request, CancellationToken cancellationToken)
    {
        var (_, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        var texts = await db.FindTextsOf(request.ConsultationId, request.ResponseId, questions, cancellationToken) ?? throw new NotFoundException("response");
        var coding = await db.Codings.AsNoTracking().AsSingleQuery().SingleOrDefaultAsync(c => c.ConsultationId == request.ConsultationId && c.ResponseId == request.ResponseId, cancellationToken);
        var merged = await db.Loops.Where(l => l.ConsultationId == request.ConsultationId)
            .SelectMany(l => l.Themes).Where(t => t.MergedInto != null)
            .ToDictionaryAsync(t => t.Id, t => t.MergedInto!.Value, cancellationToken);
        var answers = coding?.Answers.ToDictionary(
            a => a.QuestionCode,
            IReadOnlyList<ThemeId> (a) => [.. a.Themes.Select(t => merged.GetValueOrDefault(t.ThemeId, t.ThemeId)).Distinct()],
            StringComparer.Ordinal) ?? [];
        return new ResponseCodingView(coding?.Version ?? 0, answers, [.. texts.Where(t => !answers.ContainsKey(t))]);
    }
}
