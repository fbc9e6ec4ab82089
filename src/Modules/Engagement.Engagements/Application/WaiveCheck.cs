using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>Lets one failing check go for one version of the plan, with a reason, on the record.</summary>
/// <param name="Check">The check's key, as the readiness list names it.</param>
[RequiresScope("engagements:approve")]
public sealed record WaiveCheck(EngagementId Id, string Check, string Reason, int PlanVersion) : ICommand<EngagementChanged>;

internal sealed class WaiveCheckValidator : AbstractValidator<WaiveCheck>
{
    public WaiveCheckValidator()
    {
        RuleFor(c => c.Check)
            .Must(check => ReadinessChecks.Find(check) is not null).WithMessage("Name a check by its key from the readiness list");
        RuleFor(c => c.Reason).RequiredText("The reason", 1000, "Enter why the check may be waived");
    }
}

internal sealed class WaiveCheckHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<WaiveCheck, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(WaiveCheck request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.Waive(request.Check, request.Reason, request.PlanVersion, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}
