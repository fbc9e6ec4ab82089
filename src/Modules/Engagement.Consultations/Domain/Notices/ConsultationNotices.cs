using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Notices;

/// <summary>
/// The notices of one consultation as tasks: what the regimes demand and what officers add. It keeps its record under the consultation's id,
/// in one chain with it. What really happened feeds the timetable; what was planned stays as it was recorded.
/// </summary>
internal sealed class ConsultationNotices : AggregateRoot
{
    private readonly List<Notice> notices = [];

    private ConsultationNotices()
    {
    }

    public override Guid Identity => ConsultationId.Value;

    public ConsultationId ConsultationId { get; private init; }

    public IReadOnlyList<Notice> Notices => notices;

    /// <summary>The earliest lawful last day by what really happened; null while nothing has that the law counts from.</summary>
    public DateOnly? EarliestClose { get; private set; }

    /// <summary>The rule that decides it, such as <c>tro-permanent/min_close</c>.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Dates that the law counts from and that no notice is, as they really were, by input: such as the day on which an order was made.</summary>
    public IReadOnlyDictionary<string, DateOnly> Happened { get; private set; } = new Dictionary<string, DateOnly>(StringComparer.Ordinal);

    public static ConsultationNotices Of(ConsultationId consultation) => new() { ConsultationId = consultation };

    /// <summary>
    /// Follows the regimes and the dates: adds what is demanded now, moves what is due another day, drops what nothing demands any more. What
    /// was published or set aside stays, whatever the regimes are now: it happened.
    /// </summary>
    public void Follow(IReadOnlyList<NoticeDemand> demands, DateTimeOffset now)
    {
        var known = notices.Where(n => n.Demand is not null).ToDictionary(n => n.Demand!, StringComparer.Ordinal);
        List<string> added = [];
        Dictionary<string, DateOnly?> moved = new(StringComparer.Ordinal);
        foreach (var demand in demands.DistinctBy(d => d.Key, StringComparer.Ordinal))
        {
            if (!known.TryGetValue(demand.Key, out var notice))
            {
                notices.Add(Notice.Of(demand, now));
                added.Add(demand.Key);
            }
            else if (notice.State == NoticeState.ToDo && notice.DueOn is var before && notice.Follow(demand) && before != demand.DueOn)
            {
                moved[demand.Key] = demand.DueOn;
            }
        }

        var demanded = demands.Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        List<string> dropped = [.. known.Where(k => k.Value.State == NoticeState.ToDo && !demanded.Contains(k.Key)).Select(k => k.Key)];
        notices.RemoveAll(n => n.Demand is not null && dropped.Contains(n.Demand, StringComparer.Ordinal));
        if (added.Count > 0 || moved.Count > 0 || dropped.Count > 0)
        {
            Raise(new NoticesDemanded(ConsultationId, added, moved, dropped, now));
        }
    }

    public Notice Add(string what, string? where, string? responsible, DateOnly? dueOn, DateTimeOffset now)
    {
        var notice = Notice.Own(what.Trim(), Trimmed(where), Trimmed(responsible), dueOn, now);
        notices.Add(notice);
        Raise(new NoticeAdded(ConsultationId, notice.Id, notice.What, dueOn, now));
        return notice;
    }

    /// <param name="dueOn">For a notice of the officers' own; what the law dates keeps the law's day.</param>
    /// <exception cref="NotFoundException">There is no such notice.</exception>
    /// <exception cref="RuleBrokenException"><c>notice-not-to-do</c>, or <c>notice-dated-by-law</c> where another day is given than the law's.</exception>
    public void Plan(NoticeId id, string? where, string? responsible, DateOnly? dueOn, DateTimeOffset now)
    {
        var notice = Find(id);
        RequireToDo(notice);
        if (notice.Demand is not null && dueOn != notice.DueOn)
        {
            throw new RuleBrokenException("notice-dated-by-law", "The day of this notice follows from the consultation's dates. Change those, or leave its day as it is.");
        }

        notice.Plan(Trimmed(where), Trimmed(responsible), dueOn);
        Raise(new NoticePlanned(ConsultationId, id, notice.What, notice.Where, notice.DueOn, now));
    }

    /// <summary>Records that it was published, and when that really was. Recording another day later says why the record changes.</summary>
    /// <param name="hasProof">There is a proof of it, or one comes with this.</param>
    /// <param name="reason">Needed where it is recorded as published already.</param>
    /// <exception cref="NotFoundException">There is no such notice.</exception>
    /// <exception cref="RuleBrokenException">
    /// <c>notice-needs-proof</c>, <c>notice-in-future</c>, <c>notice-not-to-do</c>, <c>reason-needed</c> where it is published already.
    /// </exception>
    public void Publish(NoticeId id, DateOnly on, string where, bool hasProof, string? reason, DateTimeOffset now)
    {
        var notice = Find(id);
        if (notice.State is NoticeState.Corrected or NoticeState.NotApplicable)
        {
            RequireToDo(notice);
        }

        if (!hasProof)
        {
            throw new RuleBrokenException("notice-needs-proof", "Nothing shows yet that it was published. Add a cutting, a photograph, another file or the address of the page.");
        }

        if (on > UkTime.DateOf(now))
        {
            throw new RuleBrokenException("notice-in-future", $"{UkTime.Spell(on)} is still to come. Record it once it has been published.");
        }

        if (notice.State == NoticeState.Published && string.IsNullOrWhiteSpace(reason))
        {
            throw new RuleBrokenException("reason-needed", $"It is on record as published on {UkTime.Spell(notice.PublishedOn!.Value)}. Say why the record changes.");
        }

        var previous = notice.PublishedOn;
        notice.Publish(on, where.Trim());
        Raise(new NoticePublished(ConsultationId, id, notice.What, notice.Where!, on, notice.DueOn, previous, Trimmed(reason), now));
        if (notice.Corrects is { } wrong && previous is null)
        {
            Find(wrong).BecomeCorrected();
            Raise(new NoticeCorrected(ConsultationId, wrong, id, notice.What, notice.WhatWasWrong!, now));
        }
    }

    /// <exception cref="NotFoundException">There is no such notice.</exception>
    public void AddProof(Proof proof)
    {
        Find(new NoticeId(proof.SubjectId));
        Raise(new ProofAdded(ConsultationId, proof.SubjectId, proof.Id, proof.Kind, proof.Name, proof.Sha256, proof.AddedAt));
    }

    /// <exception cref="NotFoundException">There is no such notice.</exception>
    /// <exception cref="RuleBrokenException"><c>notice-not-to-do</c>.</exception>
    public void SetAside(NoticeId id, string reason, DateTimeOffset now)
    {
        var notice = Find(id);
        RequireToDo(notice);
        notice.SetAside(reason.Trim());
        Raise(new NoticeSetAside(ConsultationId, id, notice.What, notice.NotApplicableReason!, now));
    }

    /// <summary>Puts back among the tasks what was set aside.</summary>
    /// <exception cref="NotFoundException">There is no such notice.</exception>
    /// <exception cref="RuleBrokenException"><c>notice-not-set-aside</c>.</exception>
    public void TakeUp(NoticeId id, DateTimeOffset now)
    {
        var notice = Find(id);
        if (notice.State != NoticeState.NotApplicable)
        {
            throw new RuleBrokenException("notice-not-set-aside", "Only what was set aside as not applicable can be put back among the tasks.");
        }

        notice.TakeUp();
        Raise(new NoticeTakenUp(ConsultationId, id, notice.What, now));
    }

    /// <summary>Begins the correction of a notice that was published and is wrong. The public is told once the correction is published.</summary>
    /// <param name="whatWasWrong">In words for the public.</param>
    /// <param name="restartsTime">
    /// Whether what was wrong was so grave that time runs anew from the correction. Where people could not tell what was proposed or until when
    /// to object, it does; which case it is, is for the council's lawyers, so the officer says it and the record keeps it.
    /// </param>
    /// <exception cref="NotFoundException">There is no such notice.</exception>
    /// <exception cref="RuleBrokenException"><c>notice-not-published</c>, or <c>correction-under-way</c>.</exception>
    public Notice Correct(NoticeId id, string whatWasWrong, bool restartsTime, DateOnly dueOn, DateTimeOffset now)
    {
        var wrong = Find(id);
        if (wrong.State != NoticeState.Published)
        {
            throw new RuleBrokenException("notice-not-published", "Only a notice that was published can be corrected. Change the plan of one that was not.");
        }

        if (notices.Exists(n => n.Corrects == id && n.State == NoticeState.ToDo))
        {
            throw new RuleBrokenException("correction-under-way", "A correction of this notice is among the tasks already. Publish that one.");
        }

        var correction = Notice.Correcting(wrong, whatWasWrong.Trim(), restartsTime, dueOn, now);
        notices.Add(correction);
        Raise(new NoticeCorrectionBegun(ConsultationId, id, correction.Id, wrong.What, correction.WhatWasWrong!, restartsTime, now));
        return correction;
    }

    /// <summary>Records when something really happened that the law counts from and that no notice is.</summary>
    /// <exception cref="RuleBrokenException"><c>date-of-a-notice</c> or <c>date-in-future</c>.</exception>
    public void RecordDate(string input, DateOnly on, DateTimeOffset now)
    {
        if (notices.Exists(n => n.Inputs.Contains(input, StringComparer.Ordinal)))
        {
            throw new RuleBrokenException("date-of-a-notice", "That day is the publication of a notice. Record it at the notice, with its proof.");
        }

        if (on > UkTime.DateOf(now))
        {
            throw new RuleBrokenException("date-in-future", $"{UkTime.Spell(on)} is still to come. Record it once it has happened.");
        }

        DateOnly? previous = Happened.TryGetValue(input, out var before) ? before : null;
        if (previous != on)
        {
            Happened = new Dictionary<string, DateOnly>(Happened, StringComparer.Ordinal) { [input] = on };
            Raise(new DateRecorded(ConsultationId, input, on, previous, now));
        }
    }

    /// <summary>
    /// The dates that the law counts from, as they really were, by input: the latest of the notices that make it up, and for one of them that is
    /// still to be published the day planned. An input of which nothing has been published is not there.
    /// </summary>
    /// <param name="planned">The date that was planned for an input; null where none was.</param>
    public IReadOnlyDictionary<string, DateOnly> ActualDates(Func<string, DateOnly?> planned)
    {
        var restarted = notices.Where(n => n is { RestartsTime: true, Corrects: not null } && n.State is NoticeState.ToDo or NoticeState.Published).Select(n => n.Corrects).ToHashSet();
        var counting = notices.Where(n => !restarted.Contains(n.Id) && n.State is not NoticeState.NotApplicable).ToList();
        Dictionary<string, DateOnly> actual = new(Happened, StringComparer.Ordinal);
        foreach (var input in counting.SelectMany(n => n.Inputs).Distinct(StringComparer.Ordinal))
        {
            var parts = counting.Where(n => n.Inputs.Contains(input, StringComparer.Ordinal)).ToList();
            if (parts.Exists(n => n.PublishedOn is not null || n.Corrects is not null)
                && parts.Max(n => n.PublishedOn ?? (n.Corrects is null ? planned(input) : n.DueOn)) is { } date)
            {
                actual[input] = date;
            }
        }

        return actual;
    }

    /// <summary>Notes what the timetable by what really happened says of the closing date.</summary>
    /// <param name="shortByDays">Days that the closing date is too early by it.</param>
    public void NoteEarliestClose(DateOnly? earliest, string? decidedBy, int shortByDays, DateTimeOffset now)
    {
        if (earliest == EarliestClose)
        {
            return;
        }

        var from = EarliestClose;
        (EarliestClose, DecidedBy) = (earliest, decidedBy);
        Raise(new EarliestCloseMoved(ConsultationId, from, earliest, decidedBy, shortByDays, now));
    }

    public Notice Find(NoticeId id) => notices.Find(n => n.Id == id) ?? throw new NotFoundException("notice");

    private static void RequireToDo(Notice notice)
    {
        if (notice.State != NoticeState.ToDo)
        {
            throw new RuleBrokenException("notice-not-to-do", notice.State switch
            {
                NoticeState.Published => "It has been published. Correct it by another notice if it was wrong.",
                NoticeState.Corrected => "It was corrected by another notice, so it stays on record as it is.",
                _ => "It was set aside as not applicable. Put it back among the tasks first.",
            });
        }
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
