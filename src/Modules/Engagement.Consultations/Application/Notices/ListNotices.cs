using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Notices;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>The notices of a consultation with their proofs, and what those that were published mean for its timetable.</summary>
[RequiresScope("consultations:read")]
public sealed record ListNotices(ConsultationId Id) : IQuery<NoticesView>;

/// <param name="Version">Of the notices, which is their ETag; 0 while there are none.</param>
/// <param name="Notices">What is to be done first by its day, then what is done.</param>
/// <param name="Effect">What really happened against what was recorded; null while nothing was published that the law counts from.</param>
public sealed record NoticesView(int Version, IReadOnlyList<NoticeView> Notices, NoticesEffect? Effect)
{
    internal static NoticesView Of(ConsultationNotices notices, IReadOnlyList<Proof> proofs, NoticesEffect? effect = null) => new(
        notices.Version,
        [
            .. notices.Notices.OrderBy(n => n.State).ThenBy(n => n.PublishedOn).ThenBy(n => n.DueOn ?? DateOnly.MaxValue).ThenBy(n => n.CreatedAt).ThenBy(n => n.Id.Value)
                .Select(n => NoticeView.Of(n, notices, proofs)),
        ],
        effect);
}

/// <param name="Regime">The id of the regime that demands it; null where officers added it.</param>
/// <param name="IsDatedByLaw">Its day follows from the consultation's dates and cannot be chosen.</param>
/// <param name="DueOn">The last day on which it is in time; null while a date that it counts from is missing.</param>
/// <param name="Working">How the day was found, in words.</param>
/// <param name="CountsFor">The dates of the timetable that the day of its publication is, such as <c>published</c>.</param>
/// <param name="PublishedOn">The UK day on which it really was published.</param>
/// <param name="Corrects">The notice that this one corrects.</param>
/// <param name="CorrectedBy">The notice that corrects this one, or is to.</param>
/// <param name="RestartsTime">Time runs anew from this correction.</param>
public sealed record NoticeView(
    NoticeId Id,
    string? Regime,
    bool IsDatedByLaw,
    string What,
    string? Where,
    string? Responsible,
    DateOnly? DueOn,
    string? Citation,
    string Working,
    IReadOnlyList<string> CountsFor,
    NoticeState State,
    DateOnly? PublishedOn,
    string? NotApplicableReason,
    NoticeId? Corrects,
    NoticeId? CorrectedBy,
    string? WhatWasWrong,
    bool RestartsTime,
    IReadOnlyList<ProofView> Proofs)
{
    internal static NoticeView Of(Notice n, ConsultationNotices notices, IReadOnlyList<Proof> proofs) => new(
        n.Id, n.Regime, n.Demand is not null, n.What, n.Where, n.Responsible, n.DueOn, n.Citation, n.Working, n.Inputs, n.State, n.PublishedOn, n.NotApplicableReason,
        n.Corrects, notices.Notices.LastOrDefault(x => x.Corrects == n.Id)?.Id, n.WhatWasWrong, n.RestartsTime,
        [.. proofs.Where(p => p.SubjectId == n.Id.Value).OrderBy(p => p.AddedAt).Select(ProofView.Of)]);
}

/// <param name="Name">Of the file, or the address of the page.</param>
/// <param name="Size">Bytes; null for a page.</param>
/// <param name="Sha256">Of the bytes, lower-case hexadecimal; null for a page.</param>
public sealed record ProofView(ProofId Id, ProofKind Kind, string Name, string? MediaType, long? Size, string? Sha256, string AddedBy, DateTimeOffset AddedAt)
{
    internal static ProofView Of(Proof p) => new(p.Id, p.Kind, p.Name, p.MediaType, p.Size, p.Sha256, p.AddedBy, p.AddedAt);
}

/// <summary>The timetable by what really happened beside the one that was recorded, which stays as it was.</summary>
/// <param name="Dates">The dates that the law counts from, as they really were, by input.</param>
/// <param name="RecordedAt">When the recorded timetable was; null where none is.</param>
/// <param name="Recorded">As somebody relied on it; null where none is recorded.</param>
/// <param name="Moved">The dates that differ.</param>
/// <param name="ShortByDays">Days that the closing date is too early by what really happened; 0 where it is not.</param>
/// <param name="CuredBy">The first last day that would do; null where the closing date stands.</param>
public sealed record NoticesEffect(
    IReadOnlyDictionary<string, DateOnly> Dates,
    DateTimeOffset? RecordedAt,
    TimetableView? Recorded,
    TimetableView Actual,
    IReadOnlyList<MovedDate> Moved,
    int ShortByDays,
    DateOnly? CuredBy);

/// <param name="Was">As recorded; null where it could not be worked out then.</param>
/// <param name="Is">By what really happened; null where it cannot be worked out any more.</param>
public sealed record MovedDate(string Regime, string Key, string Label, DateOnly? Was, DateOnly? Is, string Working, string Citation);

internal sealed class ListNoticesHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales) : IRequestHandler<ListNotices, NoticesView>
{
    public async Task<NoticesView> Handle(ListNotices request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, cancellationToken);
        var notices = await db.NoticeLists.AsNoTracking().SingleOrDefaultAsync(n => n.ConsultationId == request.Id, cancellationToken);
        if (notices is null)
        {
            return new NoticesView(0, [], null);
        }

        var proofs = await db.Proofs.AsNoTracking().Where(p => p.ConsultationId == request.Id).ToListAsync(cancellationToken);
        var actual = notices.ActualDates(consultation.PlannedDate);
        return NoticesView.Of(notices, proofs, actual.Count == 0 ? null : await EffectOf(consultation, notices, actual, cancellationToken));
    }

    private async Task<NoticesEffect> EffectOf(
        Consultation consultation, ConsultationNotices notices, IReadOnlyDictionary<string, DateOnly> actual, CancellationToken cancellationToken)
    {
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var now = TimetableView.Of(consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, await timescales.Now(cancellationToken), actual));
        var recorded = await db.Timetables.AsNoTracking()
            .Where(t => t.ConsultationId == consultation.Id).OrderByDescending(t => t.Version).FirstOrDefaultAsync(cancellationToken);
        var shortBy = consultation.ShortBy(notices.EarliestClose);
        return new NoticesEffect(
            actual, recorded?.RecordedAt, recorded?.Timetable, now, recorded is null ? [] : [.. Compare(recorded.Timetable, now)], shortBy, shortBy > 0 ? notices.EarliestClose : null);
    }

    private static IEnumerable<MovedDate> Compare(TimetableView recorded, TimetableView now)
    {
        var was = recorded.Steps.ToDictionary(s => (s.Regime, s.Key));
        var has = now.Steps.ToDictionary(s => (s.Regime, s.Key));
        foreach (var key in was.Keys.Union(has.Keys))
        {
            var (before, after) = (was.GetValueOrDefault(key), has.GetValueOrDefault(key));
            if (before?.Date != after?.Date)
            {
                var step = after ?? before!;
                yield return new MovedDate(step.Regime, step.Key, step.Label, before?.Date, after?.Date, step.Working, step.Citation);
            }
        }
    }
}
