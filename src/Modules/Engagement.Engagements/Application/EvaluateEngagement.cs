using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>Ends the engagement with its lessons, once each success criterion has a measured value.</summary>
/// <param name="Lessons">What to do again and what to do differently.</param>
[RequiresScope("engagements:write")]
public sealed record EvaluateEngagement(EngagementId Id, string Lessons) : ICommand<EngagementChanged>;

internal sealed class EvaluateEngagementValidator : AbstractValidator<EvaluateEngagement>
{
    public EvaluateEngagementValidator() =>
        RuleFor(c => c.Lessons).RequiredText("The lessons", 10_000, "Enter what was learnt: what to do again and what to do differently");
}

internal sealed class EvaluateEngagementHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<EvaluateEngagement, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(EvaluateEngagement request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.Evaluate(request.Lessons, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}
