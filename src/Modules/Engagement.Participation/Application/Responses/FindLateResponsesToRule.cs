using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Responses;

/// <summary>Late responses that wait for a ruling, by consultation, longest waiting first. Those that the officer logged are left out: somebody else rules.</summary>
/// <param name="Mine">Consultations to look at; null means all. The answer counts and shows nothing of a response, so it may be asked from any team.</param>
[RequiresScope("participation:read", Anywhere = true)]
public sealed record FindLateResponsesToRule(IReadOnlyCollection<ConsultationId>? Mine) : IQuery<IReadOnlyList<LateResponsesToRule>>
{
    /// <summary>More than anybody can do today.</summary>
    public const int Most = 100;
}

/// <param name="Since">The UK day on which the first of them was received.</param>
public sealed record LateResponsesToRule(ConsultationId ConsultationId, string Title, int Count, DateOnly Since);

internal sealed class FindLateResponsesToRuleHandler(IParticipationDb db, ICurrentActor current)
    : IRequestHandler<FindLateResponsesToRule, IReadOnlyList<LateResponsesToRule>>
{
    public async Task<IReadOnlyList<LateResponsesToRule>> Handle(FindLateResponsesToRule request, CancellationToken cancellationToken)
    {
        var everybodys = request.Mine is null;
        var mine = request.Mine ?? [];
        var actor = current.Actor.ToString();
        return await db.Responses.AsNoTracking()
            .Where(r => r.IsLate && r.Ruling == null && r.WithdrawnAt == null && r.LoggedBy != actor)
            .Where(r => everybodys || mine.Contains(r.ConsultationId))
            .GroupBy(r => r.ConsultationId)
            .Select(g => new { Id = g.Key, Count = g.Count(), Since = g.Min(r => r.ReceivedOn) })
            .Join(db.Forms, g => g.Id, f => f.ConsultationId, (g, f) => new { g.Id, f.Title, g.Count, g.Since })
            .OrderBy(g => g.Since).ThenBy(g => g.Id)
            .Take(FindLateResponsesToRule.Most)
            .Select(g => new LateResponsesToRule(g.Id, g.Title, g.Count, g.Since))
            .ToListAsync(cancellationToken);
    }
}
