using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Assurance;

/// <summary>What shows that a consultation was fair: evidence and judgements for each principle and practice, checkpoints, the review at its middle.</summary>
[RequiresScope("consultations:read")]
public sealed record ShowAssurance(ConsultationId Id) : IQuery<AssuranceView>;

/// <param name="Version">Its ETag; it counts apart from the consultation's own.</param>
/// <param name="MidPointAt">When half of the time has passed.</param>
/// <param name="MidPointIsDue">It has, people can still answer, and the review is not recorded.</param>
public sealed record AssuranceView(
    ConsultationId ConsultationId,
    int Version,
    IReadOnlyList<PracticeView> Practices,
    IReadOnlyList<CheckpointView> Checkpoints,
    DateTimeOffset MidPointAt,
    bool MidPointIsDue,
    MidPointView? MidPoint)
{
    internal static AssuranceView Of(ConsultationAssurance assurance, Consultation consultation, Timetable timetable, DateTimeOffset now)
    {
        var known = KnownFacts.Of(consultation, timetable, now);
        return new AssuranceView(
            assurance.ConsultationId,
            assurance.Version,
            [
                .. Practice.All.Select(p => new PracticeView(
                    p.Key,
                    p.Scheme,
                    p.Name,
                    p.Asks,
                    p.Citation,
                    [.. known.Where(k => k.Practice == p.Key).Select(k => k.Text)],
                    [.. assurance.Evidence.Where(e => e.Practice == p.Key).OrderBy(e => e.Number).Select(e => EvidenceView.Of(e, consultation))],
                    JudgementView.Of(assurance.JudgementOf(p.Key, AssuranceStage.Publication)),
                    JudgementView.Of(assurance.JudgementOf(p.Key, AssuranceStage.Decision)),
                    [.. assurance.Judgements.Where(j => j.Practice == p.Key).OrderBy(j => j.Number).Select(j => JudgementView.Of(j)!)])),
            ],
            [.. assurance.Checkpoints.OrderBy(c => c.Number).Select(c => new CheckpointView(c.Number, c.Kind, c.Subject, c.Sha256, c.ConsultationVersion, c.Remark, c.By, c.At))],
            ConsultationAssurance.MidPointOf(consultation.Period),
            assurance.IsMidPointReviewDue(consultation, now),
            assurance.MidPoint is { } m ? new MidPointView(m.Choice, m.Reason, m.Outreach, m.Middle, m.Figures, m.By, m.At) : null);
    }
}

/// <param name="Known">What the system itself knows, as it is now.</param>
/// <param name="AtPublication">The judgement that counts; null while there is none.</param>
/// <param name="Judgements">All of them, oldest first.</param>
public sealed record PracticeView(
    string Key,
    AssuranceScheme Scheme,
    string Name,
    string Asks,
    string Citation,
    IReadOnlyList<string> Known,
    IReadOnlyList<EvidenceView> Evidence,
    JudgementView? AtPublication,
    JudgementView? AtDecision,
    IReadOnlyList<JudgementView> Judgements);

/// <param name="Document">Name and version of the consultation's paper that it points to; null where it points to none.</param>
public sealed record EvidenceView(int Number, string Text, string? Link, DocumentId? DocumentId, string? Document, string By, DateTimeOffset At)
{
    internal static EvidenceView Of(EvidenceItem e, Consultation consultation) => new(
        e.Number, e.Text, e.Link, e.DocumentId,
        consultation.Documents.FirstOrDefault(d => d.Id == e.DocumentId) is { } d ? $"{d.Name} (version {d.Version})" : null, e.By, e.At);
}

/// <param name="Known">What the system itself knew when it was judged.</param>
/// <param name="ConsultationVersion">Of the consultation that was judged.</param>
public sealed record JudgementView(
    AssuranceStage Stage, AssuranceStatus Status, string? Reason, IReadOnlyList<string> Known, int ConsultationVersion, string By, DateTimeOffset At)
{
    internal static JudgementView? Of(Judgement? j) => j is null ? null : new(j.Stage, j.Status, j.Reason, j.Known, j.ConsultationVersion, j.By, j.At);
}

/// <param name="Subject">What was checked, and in which version.</param>
/// <param name="Sha256">Of what was checked, lower-case hexadecimal.</param>
public sealed record CheckpointView(
    int Number, CheckpointKind Kind, string Subject, string Sha256, int ConsultationVersion, string? Remark, string By, DateTimeOffset At);

/// <param name="Middle">When half of the time had passed, as the dates stood then.</param>
/// <param name="Figures">Of the moment at which it was recorded.</param>
public sealed record MidPointView(
    MidPointChoice Choice, string Reason, string? Outreach, DateTimeOffset Middle, MidPointFigures Figures, string By, DateTimeOffset At);

internal sealed class ShowAssuranceHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales, TimeProvider clock)
    : IRequestHandler<ShowAssurance, AssuranceView>
{
    public async Task<AssuranceView> Handle(ShowAssurance request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, cancellationToken);
        var assurance = await db.LoadAssurance(request.Id, expectedVersion: null, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var timetable = consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, await timescales.Now(cancellationToken), await db.ActualDates(consultation, cancellationToken));
        return AssuranceView.Of(assurance, consultation, timetable, clock.GetUtcNow());
    }
}

/// <summary>Tells other modules what has not been judged at the decision.</summary>
internal sealed class FindGapsInAssuranceHandler(IConsultationsDb db) : IRequestHandler<FindGapsInAssurance, IReadOnlyList<Breach>>
{
    public async Task<IReadOnlyList<Breach>> Handle(FindGapsInAssurance request, CancellationToken cancellationToken)
    {
        var assurance = await db.Assurances.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(a => a.ConsultationId == request.ConsultationId, cancellationToken)
            ?? throw new NotFoundException("consultation");
        return [.. assurance.Check(AssuranceStage.Decision).Select(c => c.Gap).OfType<Breach>()];
    }
}
