using Engagement.Access.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>Puts an engagement into the register: an idea, or a plan from the moment it names a lead officer.</summary>
/// <param name="Teams">To whom it belongs; null for the one team in which its creator may create it.</param>
[RequiresScope("engagements:write", Anywhere = true)]
public sealed record CreateEngagement(EngagementPlan Plan, IReadOnlyList<TeamId>? Teams = null) : ICommand<EngagementChanged>;

internal sealed class CreateEngagementValidator : AbstractValidator<CreateEngagement>
{
    public CreateEngagementValidator() => RuleFor(c => c.Plan).SetValidator(new PlanValidator()).OverridePropertyName("");
}

internal sealed class CreateEngagementHandler(IEngagementsDb db, IMediator mediator, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<CreateEngagement, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(CreateEngagement request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var teams = TeamsOfEngagements.OfNew(request.Teams, current);
        await TeamsOfEngagements.MustBeOpen(teams, mediator, cancellationToken);

        // An idempotent request has begun the transaction already.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var number = await db.NextNumber(UkTime.DateOf(now).Year, cancellationToken);
        var engagement = EngagementActivity.Create(EngagementId.New(), number, request.Plan, current.Actor, now);
        engagement.GiveTo(teams, now);
        db.Engagements.Add(engagement);
        await db.SaveChangesAsync(cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return EngagementChanged.Of(engagement);
    }
}
