using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Assurance;

/// <summary>
/// Records, at the middle of the time that people have, what was chosen and why, with the figures of that moment. It moves no
/// deadline: an extension is proposed and approved as any other.
/// </summary>
/// <param name="Outreach">What more is done to reach people; needed where that is the choice.</param>
[RequiresScope("consultations:write")]
public sealed record ReviewMidPoint(ConsultationId Id, MidPointChoice Choice, string Reason, string? Outreach = null) : ICommand<AssuranceChanged>;

internal sealed class ReviewMidPointValidator : AbstractValidator<ReviewMidPoint>
{
    public ReviewMidPointValidator()
    {
        RuleFor(c => c.Choice).IsInEnum();
        RuleFor(c => c.Reason).NotEmpty().WithMessage("Say why").IsText(2_000);
        RuleFor(c => c.Outreach).IsText(2_000)
            .Must((c, outreach) => c.Choice != MidPointChoice.AddOutreach || !string.IsNullOrWhiteSpace(outreach)).WithMessage("Say what more you do to reach people");
    }
}

internal sealed class ReviewMidPointHandler(IConsultationsDb db, IMediator mediator, ICurrentActor current, TimeProvider clock) : IRequestHandler<ReviewMidPoint, AssuranceChanged>
{
    public async Task<AssuranceChanged> Handle(ReviewMidPoint request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, cancellationToken);
        var assurance = await db.LoadAssurance(request.Id, expectedVersion: null, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var arrivals = await mediator.Send(new FindArrivals(request.Id), cancellationToken);
        var figures = new MidPointFigures(
            arrivals.Sum(a => a.Count),
            engagement?.ReachAimedAt is > 0 and var aim ? aim : null,
            [.. arrivals.Select(a => new MidPointDay(a.ReceivedOn, a.Channel, a.Count))]);
        assurance.ReviewMidPoint(request.Choice, request.Reason, request.Outreach, figures, consultation, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new AssuranceChanged(request.Id, assurance.Version);
    }
}
