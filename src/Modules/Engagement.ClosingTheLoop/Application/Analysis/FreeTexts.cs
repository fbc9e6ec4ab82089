using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Free-text answers, and whether somebody has coded them.</summary>
internal static class FreeTexts
{
    /// <summary>For each free-text question that anybody answered: how many answers, and how many with neither a theme nor "none".</summary>
    public static async Task<IReadOnlyList<TextsToCode>> CountTexts(
        this IClosingTheLoopDb db, ConsultationId consultation, IReadOnlyList<QuestionFacts> questions, CancellationToken cancellationToken)
    {
        var codes = CodesOf(questions);
        return await db.Read<TextsToCode>(
            $"""
            select q.code as "QuestionCode", count(*)::int as "Texts", count(*) filter (where c.response_id is null)::int as "Uncoded"
              from participation.v1_given r
             cross join unnest({codes}) q(code)
              left join closing_the_loop.coded_answer c
                on c.consultation_id = r.consultation_id and c.response_id = r.response_id and c.question_code = q.code
             where r.consultation_id = {consultation.Value} and q.code || '~' = any(r.given)
             group by q.code
            """).OrderBy(t => t.QuestionCode).ToListAsync(cancellationToken);
    }

    /// <summary>The free-text questions that one response answered; null where the set has no such response.</summary>
    public static async Task<IReadOnlyList<string>?> FindTextsOf(
        this IClosingTheLoopDb db, ConsultationId consultation, ResponseId response, IReadOnlyList<QuestionFacts> questions, CancellationToken cancellationToken)
    {
        var codes = CodesOf(questions);
        var rows = await db.Read<AnsweredText>(
            $"""
            select a.question_code as "QuestionCode"
              from participation.v1_responses r
              left join participation.v1_answers a
                on a.consultation_id = r.consultation_id and a.response_id = r.response_id and a.text is not null and a.question_code = any({codes})
             where r.consultation_id = {consultation.Value} and r.response_id = {response.Value}
            """).ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : [.. rows.Where(r => r.QuestionCode is not null).Select(r => r.QuestionCode!)];
    }

    public static string[] CodesOf(IReadOnlyList<QuestionFacts> questions) => [.. questions.Where(q => q.IsFreeText).Select(q => q.Code)];

    private sealed record AnsweredText(string? QuestionCode);
}
