using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>What waits for an officer in the register: plans that they or their teams look after, and plans in review that they may judge.</summary>
/// <param name="LeadEmail">The officer's address; null for somebody without one, who leads nothing.</param>
[RequiresScope("engagements:read")]
public sealed record FindPlanWork(string? LeadEmail) : IQuery<PlanWork>
{
    /// <summary>More than anybody can do today.</summary>
    public const int Most = 200;
}

/// <param name="Mine">Every engagement that the officer leads, or for which a role in a place gives them a right, and that is neither evaluated nor cancelled.</param>
/// <param name="MyConsultations">Their consultations that have been approved once.</param>
public sealed record PlanWork(IReadOnlyList<WaitingPlan> Waiting, IReadOnlySet<EngagementId> Mine, IReadOnlySet<ConsultationId> MyConsultations);

/// <param name="IsMine">The officer leads it, or it belongs to a team in which they may write.</param>
/// <param name="MayJudge">The officer may approve here and wrote no part of it.</param>
/// <param name="Reviews">Kinds of review that this version of the plan lacks; empty unless it is in review.</param>
/// <param name="Failing">Checks that fail, reviews left out.</param>
/// <param name="OpensOn">When the council means to begin; null while it has not said.</param>
public sealed record WaitingPlan(
    EngagementId Id,
    string Reference,
    string Title,
    EngagementState State,
    bool IsMine,
    bool MayJudge,
    IReadOnlyList<ReviewKind> Reviews,
    int Failing,
    DateOnly? OpensOn);

internal sealed class FindPlanWorkHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<FindPlanWork, PlanWork>
{
    private const string Write = "engagements:write";
    private const string Approve = "engagements:approve";

    public async Task<PlanWork> Handle(FindPlanWork request, CancellationToken cancellationToken)
    {
        var email = request.LeadEmail?.ToLowerInvariant();
        Guid[] teams = [.. current.TeamsWith(Write).Union(current.TeamsWith(Approve))];
        Guid[] places = [.. current.EngagementsWith(Write).Union(current.EngagementsWith(Approve))];
        var named = places.Select(p => new EngagementId(p)).ToList();
        var mine = await db.Engagements.AsNoTracking()
            .Where(e => (email != null && e.LeadEmail == email) || e.TeamIds.Any(t => teams.Contains(t)) || named.Contains(e.Id))
            .Where(e => e.State != EngagementState.Evaluated && e.State != EngagementState.Cancelled)
            .Select(e => new { e.Id, Consultations = e.Consultations.Where(c => !c.IsWithdrawn).Select(c => c.ConsultationId).ToList() })
            .ToListAsync(cancellationToken);
        var waiting = await db.Engagements.AsNoTracking().IgnoreAutoIncludes()
            .Where(e => e.State == EngagementState.InReview
                || (((email != null && e.LeadEmail == email) || e.TeamIds.Any(t => teams.Contains(t)) || named.Contains(e.Id))
                    && (e.State == EngagementState.Planning || e.State == EngagementState.FedBack)))
            .OrderBy(e => e.OpensOn == null).ThenBy(e => e.OpensOn).ThenBy(e => e.Id)
            .Take(FindPlanWork.Most)
            .ToListAsync(cancellationToken);
        var today = UkTime.DateOf(clock.GetUtcNow());
        return new PlanWork(
            [.. waiting.Select(e => Of(e, email, today))],
            mine.Select(e => e.Id).ToHashSet(),
            mine.SelectMany(e => e.Consultations).ToHashSet());
    }

    /// <summary>The officer holds the right for one of its teams, or for it alone.</summary>
    private bool IsPlaceOf(string scope, EngagementActivity engagement) =>
        current.TeamsWith(scope).Overlaps(engagement.TeamIds) || current.EngagementsWith(scope).Contains(engagement.Id.Value);

    private WaitingPlan Of(EngagementActivity engagement, string? email, DateOnly today)
    {
        var failing = engagement.Readiness(today).Where(c => c.Status == CheckStatus.Fail).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var reviews = Enum.GetValues<ReviewKind>().Where(k => failing.Contains(ReadinessChecks.ReviewKey(k))).ToList();
        return new WaitingPlan(
            engagement.Id,
            engagement.Reference,
            engagement.Title,
            engagement.State,
            (email is not null && engagement.LeadEmail == email) || IsPlaceOf(Write, engagement),
            (current.Has(Approve) || IsPlaceOf(Approve, engagement)) && !engagement.Authors.Contains(current.Actor.ToString(), StringComparer.Ordinal),
            engagement.State == EngagementState.InReview ? reviews : [],
            failing.Count - reviews.Count,
            engagement.OpensOn);
    }
}
