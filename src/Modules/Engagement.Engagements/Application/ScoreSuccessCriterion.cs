using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>Writes down what was measured for a success criterion; a later score replaces it.</summary>
/// <param name="Criterion">The criterion's key.</param>
/// <param name="MeasuredOn">A UK date, today or earlier.</param>
/// <param name="Expected">The version of the engagement that the caller read.</param>
[RequiresScope("engagements:write")]
public sealed record ScoreSuccessCriterion(
    EngagementId Id, string Criterion, decimal MeasuredValue, string? Note, DateOnly MeasuredOn, int Expected) : ICommand<EngagementChanged>;

internal sealed class ScoreSuccessCriterionValidator : AbstractValidator<ScoreSuccessCriterion>
{
    public ScoreSuccessCriterionValidator()
    {
        RuleFor(c => c.MeasuredValue)
            .InclusiveBetween(-SuccessCriterionValidator.LargestValue, SuccessCriterionValidator.LargestValue).WithMessage("The measured value is too large");
        RuleFor(c => c.Note).Text("The note", 2000);
    }
}

internal sealed class ScoreSuccessCriterionHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ScoreSuccessCriterion, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(ScoreSuccessCriterion request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.MustBeAt(request.Expected);
        engagement.Score(request.Criterion, request.MeasuredValue, request.Note, request.MeasuredOn, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}
