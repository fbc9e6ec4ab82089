using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>Records something done to tell people, with the number it reached and how that was counted.</summary>
/// <param name="HeldOn">A UK date, today or earlier.</param>
/// <param name="TargetGroups">Keys from the plan; none means all groups.</param>
[RequiresScope("engagements:write")]
public sealed record RecordActivity(
    EngagementId Id, string Title, PublicityMedium Medium, DateOnly HeldOn, int Reach, string ReachMeasure, IReadOnlyList<string> TargetGroups)
    : ICommand<ActivityAdded>;

public sealed record ActivityAdded(Guid ActivityId, EngagementChanged Engagement);

internal sealed class RecordActivityValidator : AbstractValidator<RecordActivity>
{
    public RecordActivityValidator()
    {
        RuleFor(c => c.Title).RequiredText("The title", 200, "Enter what was done");
        RuleFor(c => c.Medium).IsInEnum();
        RuleFor(c => c.Reach).InclusiveBetween(0, 10_000_000).WithMessage("The reach must be from 0 to 10,000,000 people");
        RuleFor(c => c.ReachMeasure).RequiredText("How the reach was counted", 500, "Enter how the reach was counted");
        RuleFor(c => c.TargetGroups).AtMost(50, "target groups").DistinctKeys();
    }
}

internal sealed class RecordActivityHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<RecordActivity, ActivityAdded>
{
    public async Task<ActivityAdded> Handle(RecordActivity request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        var now = clock.GetUtcNow();
        var activity = new RecordedActivity(
            Guid.CreateVersion7(), request.Title, request.Medium, request.HeldOn, request.Reach, request.ReachMeasure, request.TargetGroups, current.Actor.ToString(), now);
        engagement.Record(activity, now);
        await db.SaveChangesAsync(cancellationToken);
        return new ActivityAdded(activity.Id, EngagementChanged.Of(engagement));
    }
}
