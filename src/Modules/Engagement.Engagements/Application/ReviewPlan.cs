using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>What policy, legal, equalities or communications say of a version of the plan. Never by one of its authors.</summary>
/// <param name="PlanVersion">The version that the reviewer read.</param>
[RequiresScope("engagements:approve")]
public sealed record ReviewPlan(EngagementId Id, ReviewKind Kind, ReviewVerdict Verdict, string? Comment, int PlanVersion) : ICommand<EngagementChanged>;

internal sealed class ReviewPlanValidator : AbstractValidator<ReviewPlan>
{
    public ReviewPlanValidator()
    {
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.Verdict).IsInEnum();
        RuleFor(c => c.Comment).Text("The comment", 4000);
        RuleFor(c => c.Comment)
            .NotEmpty().When(c => c.Verdict == ReviewVerdict.ChangesNeeded).WithMessage("Enter which changes are needed");
    }
}

internal sealed class ReviewPlanHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<ReviewPlan, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(ReviewPlan request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.Review(request.Kind, request.Verdict, request.Comment, request.PlanVersion, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}
