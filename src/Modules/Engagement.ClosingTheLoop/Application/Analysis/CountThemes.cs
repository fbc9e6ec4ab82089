using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>How often each theme was raised. A theme that was merged counts where it now belongs, and a response once.</summary>
internal static class CountThemes
{
    public static async Task<ThemeTally> TallyThemes(this IClosingTheLoopDb db, ConsultationId consultation, CancellationToken cancellationToken)
    {
        // One statement: the row without a theme counts the responses.
        var counts = await db.Read<RaisedTheme>(
            $"""
            select null::uuid as "ThemeId", count(*)::int as "Responses" from participation.v1_responses where consultation_id = {consultation.Value}
            union all
            select coalesce(t.merged_into, t.id), count(distinct c.response_id)::int
              from closing_the_loop.coded_theme c
              join closing_the_loop.theme t on t.id = c.theme_id
              join participation.v1_responses r on r.consultation_id = c.consultation_id and r.response_id = c.response_id
             where c.consultation_id = {consultation.Value}
             group by coalesce(t.merged_into, t.id)
            """).ToListAsync(cancellationToken);
        return new ThemeTally(
            counts.Single(c => c.ThemeId is null).Responses, counts.Where(c => c.ThemeId is not null).ToDictionary(c => new ThemeId(c.ThemeId!.Value), c => c.Responses));
    }

    private sealed record RaisedTheme(Guid? ThemeId, int Responses);
}
