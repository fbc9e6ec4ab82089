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
        var responses = await db.Read<int>(
            $"""select count(*)::int as "Value" from participation.v1_responses where consultation_id = {consultation.Value}""").SingleAsync(cancellationToken);
        var raised = await db.Read<RaisedTheme>(
            $"""
            select coalesce(t.merged_into, t.id) as "ThemeId", count(distinct c.response_id)::int as "Responses"
              from closing_the_loop.coded_theme c
              join closing_the_loop.theme t on t.id = c.theme_id
              join participation.v1_responses r on r.consultation_id = c.consultation_id and r.response_id = c.response_id
             where c.consultation_id = {consultation.Value}
             group by coalesce(t.merged_into, t.id)
            """).ToListAsync(cancellationToken);
        return new ThemeTally(responses, raised.ToDictionary(r => new ThemeId(r.ThemeId), r => r.Responses));
    }

    private sealed record RaisedTheme(Guid ThemeId, int Responses);
}
