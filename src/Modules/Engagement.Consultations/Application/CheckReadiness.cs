using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Everything that must hold before the consultation can be put forward and approved, met or not, and who may approve it.</summary>
[RequiresScope("consultations:read")]
public sealed record CheckReadiness(ConsultationId Id) : IQuery<ConsultationReadinessView>;

/// <param name="Authors">Whoever wrote any of it, as the history names actors; none of them may approve it.</param>
/// <param name="WrittenByCaller">The caller is one of them.</param>
/// <param name="DecisionOn">When the engagement plans the decision; null while it does not.</param>
/// <param name="QuestionnaireVersion">The newest; null while there is none.</param>
public sealed record ConsultationReadinessView(
    IReadOnlyList<ReadinessItem> Checks,
    IReadOnlyList<string> Authors,
    bool WrittenByCaller,
    string EngagementReference,
    string EngagementTitle,
    DateOnly? DecisionOn,
    int? QuestionnaireVersion,
    int Questions)
{
    public bool IsReady => Checks.All(c => c.IsMet);
}

/// <param name="Rule">Stable, such as <c>consultation/privacyNotice</c> or <c>tro-permanent/min_close</c>.</param>
/// <param name="Message">Where it is met what holds; otherwise what is missing and what to do.</param>
/// <param name="EarliestLawful">The first date that would do; null where no date mends it.</param>
public sealed record ReadinessItem(string Rule, bool IsMet, string Message, string? Citation, DateOnly? EarliestLawful);

internal sealed class CheckReadinessHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<CheckReadiness, ConsultationReadinessView>
{
    public async Task<ConsultationReadinessView> Handle(CheckReadiness request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var questionnaire = await mediator.Send(new FindQuestionnaire(consultation.Id), cancellationToken);
        var actual = await db.ActualDates(consultation, cancellationToken);
        var timetable = consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, await timescales.Now(cancellationToken), actual);
        var checks = consultation.CheckReadiness(timetable, engagement?.IsApproved == true, questionnaire?.Questions.Count > 0, clock.GetUtcNow());

        // What has opened was judged before it did, or is older than the judging.
        var judged = consultation.Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval or ConsultationStatus.Scheduled
            ? (await db.Assurances.AsNoTracking().IgnoreAutoIncludes().Include(a => a.Judgements).SingleAsync(a => a.ConsultationId == request.Id, cancellationToken)).Check(AssuranceStage.Publication)
            : [];
        return new ConsultationReadinessView(
            [.. checks.Concat(judged).Select(c => new ReadinessItem(c.Rule, c.Gap is null, c.Gap?.Message ?? c.Met, c.Gap?.Citation, c.Gap?.EarliestLawful))],
            consultation.Authors,
            consultation.Authors.Contains(current.Actor.ToString(), StringComparer.Ordinal),
            engagement?.Reference ?? "",
            engagement?.Title ?? "",
            engagement?.DecisionOn,
            questionnaire?.Version,
            questionnaire?.Questions.Count ?? 0);
    }
}
