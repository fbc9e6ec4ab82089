using System.Globalization;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Consultations that an officer must soon do something about, or know of, with their notices and consultees: soonest first.</summary>
/// <param name="Mine">Engagements whose drafts, openings, closings, notices and consultees concern the officer; null means all. What waits for approval concerns everybody.</param>
[RequiresScope("consultations:read")]
public sealed record FindConsultationWork(IReadOnlyCollection<EngagementId>? Mine) : IQuery<ConsultationWork>
{
    /// <summary>Days ahead of an opening, a closing or the day of a notice from which it is listed, the day itself counted in.</summary>
    public const int DaysAhead = 14;

    /// <summary>More than anybody can do today.</summary>
    public const int Most = 300;
}

public enum ConsultationWaitsFor
{
    /// <summary>A draft: whoever writes it finishes it and puts it forward.</summary>
    Scheduling,
    Approval,
    ApprovalOfExtension,
    Opening,
    Closing,

    /// <summary>The calendar has changed since its timetable was recorded, and dates move.</summary>
    MovedDates,

    /// <summary>The same, and what was announced is no longer lawful.</summary>
    UnlawfulDates,

    /// <summary>Half of the time has passed and the review is not recorded.</summary>
    MidPointReview,
}

/// <param name="At">The opening or the closing by which it is needed.</param>
/// <param name="IsOwn">The officer wrote it or, for a later deadline, proposed it.</param>
public sealed record WaitingConsultation(
    ConsultationId Id, EngagementId EngagementId, string Title, ConsultationWaitsFor For, DateTimeOffset At, bool IsOwn)
{
    /// <summary>What has moved its dates; null where nothing has.</summary>
    public string? Why { get; init; }
}

public enum NoticeWork
{
    /// <summary>By what really happened it closes too early.</summary>
    ClosesTooEarly,
    Publication,
    Notification,
    Answers,
}

/// <param name="What">The notice; of consultees how many; of a close that is too early the earliest lawful last day.</param>
/// <param name="DueOn">The UK day by which it is needed.</param>
/// <param name="IsOpen">Of a close that is too early: a later deadline cures it; otherwise other dates do.</param>
public sealed record WaitingNotice(ConsultationId Id, EngagementId EngagementId, string Title, NoticeWork For, string What, DateOnly DueOn, bool IsOpen);

public sealed record ConsultationWork(IReadOnlyList<WaitingConsultation> Consultations, IReadOnlyList<WaitingNotice> Notices);

/// <summary>One statement for all of it: the page that shows it asks every module.</summary>
internal sealed class FindConsultationWorkHandler(IConsultationsDb db, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<FindConsultationWork, ConsultationWork>
{
    public async Task<ConsultationWork> Handle(FindConsultationWork request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lastDay = UkTime.DateOf(now).AddDays(FindConsultationWork.DaysAhead);
        var horizon = UkTime.StartOf(lastDay.AddDays(1));
        var actor = current.Actor.ToString();
        var everybodys = request.Mine is null;
        var mine = (request.Mine ?? []).Select(e => e.Value).ToArray();
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select c.id as "Id", c.engagement_id as "EngagementId", c.title as "Title", w.is_notice as "IsNotice", w.kind as "Kind", w.what as "What", w.at as "At", w.due_on as "DueOn",
                   w.is_own as "IsOwn", c.opens_at <= {now} as "IsOpen"
              from consultations.consultation c cross join lateral (
                   select false as is_notice,
                          case when c.status = 'Open' and c.proposed_extension is not null then {(int)ConsultationWaitsFor.ApprovalOfExtension}
                               when c.status = 'Open' then {(int)ConsultationWaitsFor.Closing}
                               when c.status = 'Draft' then {(int)ConsultationWaitsFor.Scheduling}
                               when c.status = 'AwaitingApproval' then {(int)ConsultationWaitsFor.Approval}
                               else {(int)ConsultationWaitsFor.Opening} end as kind,
                          '' as what,
                          case when c.status = 'Open' then c.closes_at else c.opens_at end as at,
                          c.closes_on as due_on,
                          case when c.status = 'Open' and c.proposed_extension is not null then coalesce(c.proposed_extension ->> 'by' = {actor}, false) else {actor} = any(c.authors) end as is_own
                    where c.status = 'AwaitingApproval'
                       or (c.status = 'Open' and c.proposed_extension is not null)
                       or (({everybodys} or c.engagement_id = any({mine}) or {actor} = any(c.authors))
                           and (c.status = 'Draft' or (c.status = 'Scheduled' and c.opens_at < {horizon}) or (c.status = 'Open' and c.closes_at > {now} and c.closes_at <= {horizon})))
                   union all
                   select false, case when k.move ->> 'problem' is null then {(int)ConsultationWaitsFor.MovedDates} else {(int)ConsultationWaitsFor.UnlawfulDates} end,
                          coalesce((select string_agg(cause, '; ') from jsonb_array_elements_text(k.move -> 'causes') cause), ''), {now}, c.closes_on, {actor} = any(c.authors)
                     from consultations.timetable_check k
                    where k.consultation_id = c.id and k.is_moved and c.status in ('AwaitingApproval', 'Scheduled', 'Open')
                      and ({everybodys} or c.engagement_id = any({mine}) or {actor} = any(c.authors))
                      and k.timetable_version = (select max(t.version) from consultations.timetable t where t.consultation_id = c.id)
                   union all
                   select false, {(int)ConsultationWaitsFor.MidPointReview}, '', c.closes_at, c.closes_on, {actor} = any(c.authors)
                    where c.status = 'Open' and c.closes_at > {now} and c.opens_at + (c.closes_at - c.opens_at) / 2 <= {now}
                      and exists (select from consultations.assurance a where a.consultation_id = c.id and a.mid_point is null)
                      and ({everybodys} or c.engagement_id = any({mine}) or {actor} = any(c.authors))
                   union all
                   select true, n.kind, n.what, c.closes_at, n.due_on, false
                     from (
                          select {(int)NoticeWork.ClosesTooEarly} as kind, to_char(l.earliest_close, 'YYYY-MM-DD') as what, case when c.opens_at > {now} then c.opens_on else c.closes_on end as due_on
                            from consultations.notice_list l
                           where l.consultation_id = c.id and c.closes_at > {now} and l.earliest_close > case when c.closes_time is null then c.closes_on else c.closes_on - 1 end
                          union all
                          select {(int)NoticeWork.Publication}, x.what, x.due_on from consultations.notice x where x.consultation_id = c.id and x.state = 'ToDo' and x.due_on <= {lastDay}
                          union all
                          select case when x.notified_on is null then {(int)NoticeWork.Notification} else {(int)NoticeWork.Answers} end, count(*)::text, c.closes_on
                            from consultations.consultee x
                           where x.consultation_id = c.id and c.status = 'Open' and c.closes_at > {now} and x.not_applicable_reason is null and x.answered_on is null
                             and (x.notified_on is null or c.closes_on <= {lastDay})
                           group by x.notified_on is null) n
                    where c.status <> 'Withdrawn' and ({everybodys} or c.engagement_id = any({mine}))) w
             order by w.at, c.id, w.is_notice, w.kind, w.due_on
             limit {FindConsultationWork.Most}
            """).ToListAsync(cancellationToken);
        return new ConsultationWork(
            [.. rows.Where(r => !r.IsNotice).Select(r => new WaitingConsultation(new ConsultationId(r.Id), new EngagementId(r.EngagementId), r.Title, (ConsultationWaitsFor)r.Kind, r.At, r.IsOwn) { Why = r.What.Length > 0 ? r.What : null })],
            [
                .. rows.Where(r => r.IsNotice).Select(r => new WaitingNotice(
                    new ConsultationId(r.Id), new EngagementId(r.EngagementId), r.Title, (NoticeWork)r.Kind,
                    r.Kind == (int)NoticeWork.ClosesTooEarly ? UkTime.Spell(DateOnly.ParseExact(r.What, "yyyy-MM-dd", CultureInfo.InvariantCulture)) : r.What,
                    r.DueOn, r.IsOpen)),
            ]);
    }

    private sealed record Row(
        Guid Id, Guid EngagementId, string Title, bool IsNotice, int Kind, string What, DateTimeOffset At, DateOnly DueOn, bool IsOwn, bool IsOpen);
}
