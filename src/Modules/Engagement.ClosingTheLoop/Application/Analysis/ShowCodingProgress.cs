using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>How far the coding of free text is, and what to code next.</summary>
[RequiresScope("outcomes:read")]
public sealed record ShowCodingProgress(ConsultationId ConsultationId) : IQuery<CodingProgress>
{
    /// <summary>How many of the answers that are yet to be coded are named at once.</summary>
    public const int NextAtOnce = 50;
}

/// <param name="CompletedAt">When the coding was last declared complete; null while it is open.</param>
/// <param name="Next">The first answers that are yet to be coded, by response.</param>
public sealed record CodingProgress(DateTimeOffset? CompletedAt, IReadOnlyList<QuestionProgress> Questions, IReadOnlyList<TextToCode> Next);

/// <param name="Texts">Free-text answers to the question.</param>
/// <param name="Uncoded">Those of them with neither a theme nor "none".</param>
public sealed record QuestionProgress(string QuestionCode, int Texts, int Uncoded);

public sealed record TextToCode(ResponseId ResponseId, string QuestionCode);

internal sealed class ShowCodingProgressHandler(IClosingTheLoopDb db, IMediator mediator) : IRequestHandler<ShowCodingProgress, CodingProgress>
{
    public async Task<CodingProgress> Handle(ShowCodingProgress request, CancellationToken cancellationToken)
    {
        var id = request.ConsultationId;
        var completed = await db.Loops.Where(l => l.ConsultationId == id).Select(l => new { l.CodingCompletedAt }).SingleOrDefaultAsync(cancellationToken) ?? throw Loops.NotClosed();
        var (_, questions) = await mediator.FindQuestions(id, cancellationToken);
        var counts = await db.CountTexts(id, questions, cancellationToken);
        var codes = FreeTexts.CodesOf(questions);
        var next = await db.Read<UncodedText>(
            $"""
            select a.response_id as "ResponseId", a.question_code as "QuestionCode"
              from participation.v1_answers a
              left join closing_the_loop.coded_answer c
                on c.consultation_id = a.consultation_id and c.response_id = a.response_id and c.question_code = a.question_code
             where a.consultation_id = {id.Value} and a.text is not null and a.question_code = any({codes}) and c.response_id is null
             order by a.response_id, a.question_code
             limit {ShowCodingProgress.NextAtOnce}
            """).ToListAsync(cancellationToken);
        return new CodingProgress(
            completed.CodingCompletedAt,
            [.. counts.Select(c => new QuestionProgress(c.QuestionCode, c.Texts, c.Uncoded))],
            [.. next.Select(n => new TextToCode(new ResponseId(n.ResponseId), n.QuestionCode))]);
    }

    private sealed record UncodedText(Guid ResponseId, string QuestionCode);
}
