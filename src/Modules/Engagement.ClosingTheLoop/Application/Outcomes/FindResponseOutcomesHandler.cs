using System.Text.Json;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Answers Participation, which tells the people.</summary>
internal sealed class FindResponseOutcomesHandler(IClosingTheLoopDb db) : IRequestHandler<FindResponseOutcomes, PublishedOutcome?>
{
    public async Task<PublishedOutcome?> Handle(FindResponseOutcomes request, CancellationToken cancellationToken)
    {
        var version = await db.OutcomeVersions.AsNoTracking()
            .Where(v => v.ConsultationId == request.ConsultationId).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellationToken);
        if (version is null)
        {
            return null;
        }

        Guid[] responses = [.. request.Responses.Select(r => r.Value)];
        var coded = (await db.Read<Coded>(
            $"""
            select distinct ct.response_id as "ResponseId", coalesce(t.merged_into, t.id) as "ThemeId"
              from closing_the_loop.coded_theme ct
              join closing_the_loop.theme t on t.id = ct.theme_id
             where ct.consultation_id = {request.ConsultationId.Value} and ct.response_id = any({responses})
            """).ToListAsync(cancellationToken)).ToLookup(c => c.ResponseId, c => new ThemeId(c.ThemeId));
        var content = version.Content;
        return new PublishedOutcome(
            version.Number,
            version.PublishedAt,
            content.Decision.Body,
            content.Decision.DecidedOn,
            [.. content.Themes.Select(t => new ThemeOutcome(t.Id, t.Name, t.Asked, t.Said, Spell(t.Disposition), t.Did, t.Reason))],

            // In the order of the outcome, and only what it answers.
            request.Responses.Distinct().ToDictionary(r => r, IReadOnlyList<ThemeId> (r) => [.. content.Themes.Select(t => t.Id).Where(coded[r.Value].Contains)]));
    }

    private static string Spell(Disposition disposition) => JsonNamingPolicy.KebabCaseLower.ConvertName(disposition.ToString());

    private sealed record Coded(Guid ResponseId, Guid ThemeId);
}
