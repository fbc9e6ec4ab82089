using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>Checks the dates against the law and puts the consultation before an approver.</summary>
/// <param name="ExpectedVersion">The version the caller read; null where the caller need not have read one.</param>
/// <param name="GoodPracticeReason">Why good practice is departed from; null where it is not, or where <paramref name="Reasons"/> says it all.</param>
/// <param name="Reasons">The same for one finding, by its rule, such as <c>good-practice-period/recommended_close_6_weeks</c>.</param>
[RequiresScope("consultations:write")]
public sealed record ScheduleConsultation(
    ConsultationId Id, int? ExpectedVersion = null, string? GoodPracticeReason = null, IReadOnlyDictionary<string, string>? Reasons = null) : ICommand<ConsultationView>;

internal sealed class ScheduleConsultationValidator : AbstractValidator<ScheduleConsultation>
{
    public ScheduleConsultationValidator()
    {
        RuleFor(c => c.GoodPracticeReason).IsText(2_000);
        RuleFor(c => c.Reasons)
            .Must(r => r is null || r.Count <= 100).WithMessage("Give 100 reasons or fewer")
            .Must(r => r is null || r.Values.All(v => v.Length <= 2_000 && !v.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))).WithMessage("Each reason has 2000 characters or fewer and no control characters");
    }
}

internal sealed class ScheduleConsultationHandler(
    IConsultationsDb db, IMediator mediator, ITimescales timescales, NoticeTasks notices, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ScheduleConsultation, ConsultationView>
{
    public async Task<ConsultationView> Handle(ScheduleConsultation request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(request.Id, request.ExpectedVersion, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var questionnaire = await mediator.Send(new FindQuestionnaire(consultation.Id), cancellationToken);
        var known = await timescales.Read(cancellationToken);
        var actual = await db.ActualDates(consultation, cancellationToken);
        var timetable = consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, known.Calculator, actual);
        var reasons = consultation.Submit(
            timetable,
            request.GoodPracticeReason,
            request.Reasons ?? new Dictionary<string, string>(StringComparer.Ordinal),
            engagement?.IsApproved == true,
            questionnaire?.Questions.Count > 0,
            current.Actor,
            now);
        (await db.LoadAssurance(request.Id, expectedVersion: null, cancellationToken)).MustBeJudged(AssuranceStage.Publication);
        db.Timetables.Add(new RecordedTimetable
        {
            ConsultationId = consultation.Id,
            Version = consultation.Version + 1,
            RecordedAt = now,
            CalendarChanges = known.CalendarChanges,
            Timetable = TimetableView.Of(timetable),
            Reasons = reasons,
        });
        await notices.Begin(consultation, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }
}
