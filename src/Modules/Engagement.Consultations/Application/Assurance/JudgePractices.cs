using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Assurance;

/// <summary>Judges principles and practices: met, partly, or not met with a reason. At publication before it opens, at decision once it has closed.</summary>
[RequiresScope("consultations:write")]
public sealed record JudgePractices(ConsultationId Id, AssuranceStage Stage, IReadOnlyList<PracticeJudgement> Judgements) : ICommand<AssuranceChanged>;

internal sealed class JudgePracticesValidator : AbstractValidator<JudgePractices>
{
    public JudgePracticesValidator()
    {
        RuleFor(c => c.Stage).IsInEnum();
        RuleFor(c => c.Judgements)
            .NotEmpty().WithMessage("Judge at least one principle or practice")
            .Must(j => j.Select(x => x.Practice).Distinct(StringComparer.Ordinal).Count() == j.Count).WithMessage("Judge each principle or practice once");
        RuleForEach(c => c.Judgements).ChildRules(judgement =>
        {
            judgement.RuleFor(j => j.Practice).IsPractice();
            judgement.RuleFor(j => j.Status).IsInEnum();
            judgement.RuleFor(j => j.Reason).IsText(2_000)
                .Must((j, reason) => j.Status == AssuranceStatus.Met || !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why it is met only in part, or not met");
        });
    }
}

internal sealed class JudgePracticesHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<JudgePractices, AssuranceChanged>
{
    public async Task<AssuranceChanged> Handle(JudgePractices request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(request.Id, cancellationToken);
        var assurance = await db.LoadAssurance(request.Id, expectedVersion: null, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var timetable = consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, await timescales.Now(cancellationToken), await db.ActualDates(consultation, cancellationToken));
        assurance.Judge(request.Stage, request.Judgements, KnownFacts.Of(consultation, timetable, now), consultation, current.Actor, now);
        await db.SaveChangesAsync(cancellationToken);
        return new AssuranceChanged(request.Id, assurance.Version);
    }
}
