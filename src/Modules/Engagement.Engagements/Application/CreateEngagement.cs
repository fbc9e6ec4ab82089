using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>Puts an engagement into the register: an idea, or a plan from the moment it names a lead officer.</summary>
[RequiresScope("engagements:write")]
public sealed record CreateEngagement(EngagementPlan Plan) : ICommand<EngagementChanged>;

internal sealed class CreateEngagementValidator : AbstractValidator<CreateEngagement>
{
    public CreateEngagementValidator() => RuleFor(c => c.Plan).SetValidator(new PlanValidator()).OverridePropertyName("");
}

internal sealed class CreateEngagementHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<CreateEngagement, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(CreateEngagement request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // An idempotent request has begun the transaction already.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var number = await db.NextNumber(UkTime.DateOf(now).Year, cancellationToken);
        var engagement = EngagementActivity.Create(EngagementId.New(), number, request.Plan, current.Actor, now);
        db.Engagements.Add(engagement);
        await db.SaveChangesAsync(cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return EngagementChanged.Of(engagement);
    }
}
