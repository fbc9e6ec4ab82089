using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>The plan as it stands, for an edit to start from.</summary>
[RequiresScope("engagements:write")]
public sealed record FindPlan(EngagementId Id) : IQuery<EngagementPlan>;

internal sealed class FindPlanHandler(IEngagementsDb db) : IRequestHandler<FindPlan, EngagementPlan>
{
    public async Task<EngagementPlan> Handle(FindPlan request, CancellationToken cancellationToken) =>
        (await db.Engagements.AsNoTracking().Get(request.Id, cancellationToken)).Plan;
}

/// <summary>Replaces the plan. Before the engagement runs this voids its reviews, waivers and approval.</summary>
/// <param name="Expected">The version of the engagement that the caller read.</param>
[RequiresScope("engagements:write")]
public sealed record EditPlan(EngagementId Id, EngagementPlan Plan, int Expected) : ICommand<EngagementChanged>;

internal sealed class EditPlanValidator : AbstractValidator<EditPlan>
{
    public EditPlanValidator() => RuleFor(c => c.Plan).SetValidator(new PlanValidator()).OverridePropertyName("");
}

internal sealed class EditPlanHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<EditPlan, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(EditPlan request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.MustBeAt(request.Expected);
        engagement.Edit(request.Plan, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}
