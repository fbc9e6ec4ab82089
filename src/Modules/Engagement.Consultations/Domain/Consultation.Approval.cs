using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>Two people: who puts it forward and who approves it; so too for a later deadline. Withdrawal takes one.</summary>
internal sealed partial class Consultation
{
    /// <summary>Puts the consultation before an approver. Submitting what waits already checks it again.</summary>
    /// <param name="reason">Why good practice is departed from, for every finding that <paramref name="reasons"/> does not name.</param>
    /// <param name="reasons">The same for one finding, by its rule, such as <c>good-practice-period/recommended_close_6_weeks</c>.</param>
    /// <returns>The reasons as they are recorded, by the rule of the finding.</returns>
    /// <exception cref="RuleBrokenException">
    /// <c>timetable-unlawful</c> (with every breach, of whatever kind), <c>not-ready</c>, <c>reason-needed</c>, <c>cannot-be-scheduled</c>.
    /// </exception>
    public IReadOnlyDictionary<string, string> Submit(
        Timetable timetable,
        string? reason,
        IReadOnlyDictionary<string, string> reasons,
        bool engagementIsApproved,
        bool hasQuestionnaire,
        Actor author,
        DateTimeOffset now)
    {
        Require(
            Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval,
            "cannot-be-scheduled",
            "Only a draft can be scheduled. Change what is scheduled by editing it; extend what is open.");
        var unlawful = Readiness.OfDates(timetable);
        List<Breach> gaps = [.. Readiness.OfContent(Content), .. GapsAround(engagementIsApproved, hasQuestionnaire, now)];
        if (unlawful.Count > 0)
        {
            throw new RuleBrokenException(
                "timetable-unlawful",
                "These dates would make the consultation unlawful, so it cannot be scheduled. Each breach names the rule, its source and the first date that would do.",
                [.. unlawful, .. gaps]);
        }

        if (gaps.Count > 0)
        {
            throw new RuleBrokenException("not-ready", "Something is missing before this can go to an approver; each entry says what to do.", gaps);
        }

        var recorded = ReasonsFor(timetable, reason, reasons);
        Status = ConsultationStatus.AwaitingApproval;
        AddAuthor(author);
        Raise(new ConsultationSubmitted(
            Id,
            Period.OpensAt,
            Period.ClosesAt,
            timetable.Steps.ToDictionary(s => $"{s.Regime.Id}/{s.Key}", s => s.Date, StringComparer.Ordinal),
            recorded,
            now));
        return recorded;
    }

    /// <param name="questionnaire">Version and digest of the newest questionnaire; null when there is none.</param>
    /// <exception cref="ForbiddenException"><c>second-approver-required</c>.</exception>
    /// <exception cref="RuleBrokenException">
    /// <c>not-awaiting-approval</c>, <c>opening-passed</c>, or <c>not-ready</c> where the engagement or the questionnaire is not what it was.
    /// </exception>
    public void Approve(Actor approver, bool engagementIsApproved, (int Version, string Digest)? questionnaire, DateTimeOffset now)
    {
        approver.MustDifferFrom(Authors, "a consultation");
        Require(Status == ConsultationStatus.AwaitingApproval, "not-awaiting-approval", "Only what has been scheduled and waits for approval can be approved.");
        Require(now < Period.OpensAt, "opening-passed", "Its opening has passed without approval, so people would get less time than planned. Choose new dates and schedule it again.");
        if (GapsAround(engagementIsApproved, questionnaire is not null, now).ToList() is { Count: > 0 } gaps)
        {
            throw new RuleBrokenException("not-ready", "Something has changed since this was put forward; each entry says what to do.", gaps);
        }

        Approval = new Approval(approver.ToString(), now, Version, questionnaire!.Value.Version, questionnaire.Value.Digest);
        FirstPublishedAt ??= now;
        documents.Where(d => d.RetiredAt is null).ToList().ForEach(d => d.BecomePublic(now));
        Status = ConsultationStatus.Scheduled;
        Raise(new ConsultationApproved(
            Id, EngagementId, Slug, Content.Title, Version, Approval.QuestionnaireVersion, Approval.QuestionnaireDigest, Period.OpensAt, Period.ClosesAt, now));
    }

    /// <summary>
    /// A notice was not published on the day planned. Where that makes the dates unlawful before it has opened, it is a draft again: what was
    /// checked and approved was another timetable, and what is unlawful never opens. An open one goes on, for people are answering; an extension cures it.
    /// </summary>
    /// <param name="timetable">Computed from what really happened.</param>
    public void HoldAgainstNotices(Timetable timetable, DateTimeOffset now)
    {
        if ((Status == ConsultationStatus.AwaitingApproval || (Status == ConsultationStatus.Scheduled && now < Period.OpensAt)) && Readiness.OfDates(timetable).Count > 0)
        {
            LoseApproval("day on which a notice was published", ConsultationStatus.Draft, now);
        }
    }

    /// <summary>Days that the closing date is too early for the earliest lawful last day; 0 where it is not.</summary>
    public int ShortBy(DateOnly? earliestClose) => earliestClose is { } earliest ? Math.Max(0, earliest.DayNumber - Period.LastWholeDay.DayNumber) : 0;

    /// <summary>Proposes a later deadline; a newer proposal takes the place of an older one. Nothing moves before a second person confirms it.</summary>
    /// <param name="timetable">Computed with the new closing date.</param>
    /// <exception cref="RuleBrokenException">
    /// <c>only-an-open-one-extends</c>, <c>deadline-passed</c>, <c>extension-not-later</c>, <c>timetable-unlawful</c>.
    /// </exception>
    public void ProposeExtension(UkMoment closes, string publicReason, Timetable timetable, Actor proposer, DateTimeOffset now)
    {
        var period = CheckExtension(closes, timetable, now);
        ProposedExtension = new ProposedExtension(period.Closes, period.ClosesAt, publicReason.Trim(), proposer.ToString(), now);
        Raise(new ExtensionProposed(Id, Period.ClosesAt, period.ClosesAt, ProposedExtension.PublicReason, now));
    }

    /// <summary>Moves the deadline. It never moves earlier: people may already have planned around it.</summary>
    /// <param name="timetable">Computed with the closing date proposed.</param>
    /// <exception cref="ForbiddenException"><c>second-approver-required</c>.</exception>
    /// <exception cref="RuleBrokenException"><c>no-extension-proposed</c>, or as <see cref="ProposeExtension"/>.</exception>
    public void ApproveExtension(Actor approver, Timetable timetable, DateTimeOffset now)
    {
        var proposed = RequireProposedExtension();
        approver.MustDifferFrom([proposed.By], "a later deadline");
        var period = CheckExtension(proposed.Closes, timetable, now);
        var previous = Period.ClosesAt;
        Period = period;
        ProposedExtension = null;
        Extensions = [.. Extensions, new Extension(previous, period.ClosesAt, proposed.PublicReason, now)];
        Raise(new ConsultationExtended(Id, previous, period.ClosesAt, proposed.By, proposed.PublicReason, now));
    }

    /// <exception cref="RuleBrokenException"><c>no-extension-proposed</c>.</exception>
    public ProposedExtension RequireProposedExtension() => ProposedExtension ?? throw new RuleBrokenException(
        "no-extension-proposed", "Nobody has proposed a later deadline that still waits. Propose one first.");

    /// <summary>
    /// Ends it for good, with a reason that the public sees. Until it closes only: from then on people have spoken, and what they
    /// are owed is a decision and an outcome. Withdrawing twice changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException"><c>already-closed</c>.</exception>
    public void Withdraw(string publicReason, DateTimeOffset now)
    {
        if (Status == ConsultationStatus.Withdrawn)
        {
            return;
        }

        Require(CanBeWithdrawn(now), "already-closed", "It has closed and people have spoken. Record the decision and publish the outcome, even if the proposal is given up.");
        if (now < Period.OpensAt)
        {
            Approval = null;
        }

        Status = ConsultationStatus.Withdrawn;
        WithdrawalReason = publicReason.Trim();
        WithdrawnAt = now;
        ProposedExtension = null;
        Raise(new ConsultationWithdrawn(Id, EngagementId, WithdrawalReason, now));
    }

    public bool CanBeWithdrawn(DateTimeOffset now) =>
        Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval
        || (Status is ConsultationStatus.Scheduled or ConsultationStatus.Open && now < Period.ClosesAt);

    /// <summary>Everything that must hold before it can be put forward, met or not: the law, what people are told, what it rests on.</summary>
    public IReadOnlyList<ReadinessCheck> CheckReadiness(Timetable timetable, bool engagementIsApproved, bool hasQuestionnaire, DateTimeOffset now) =>
    [
        .. Readiness.ChecksOfDates(timetable),
        .. Readiness.ChecksOfContent(Content),
        .. ChecksAround(engagementIsApproved, hasQuestionnaire, now),
    ];

    private IEnumerable<Breach> GapsAround(bool engagementIsApproved, bool hasQuestionnaire, DateTimeOffset now) =>
        ChecksAround(engagementIsApproved, hasQuestionnaire, now).Select(c => c.Gap).OfType<Breach>();

    private ReadinessCheck[] ChecksAround(bool engagementIsApproved, bool hasQuestionnaire, DateTimeOffset now)
    {
        return
        [
            Check("engagement", engagementIsApproved, "The engagement it serves is approved.", "The engagement it serves is not approved. Have its plan approved first."),
            Check("questionnaire", hasQuestionnaire, "It has a questionnaire.", "It has no questionnaire with at least one question. Write one first."),

            // Papers may go and come while it waits for approval.
            Readiness.CheckOfEasyRead(Content, documents),
            Check("opens", Period.OpensAt > now, "Its opening is still to come.", $"Its opening, {UkTime.Spell(Period.OpensOn)}, has passed. Choose a later one.", UkTime.DateOf(now).AddDays(1)),
        ];

        static ReadinessCheck Check(string what, bool holds, string met, string missing, DateOnly? earliest = null) =>
            new($"consultation/{what}", met, holds ? null : new Breach($"consultation/{what}", missing, EarliestLawful: earliest));
    }

    private static Dictionary<string, string> ReasonsFor(Timetable timetable, string? reason, IReadOnlyDictionary<string, string> reasons)
    {
        var recorded = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Breach> unexplained = [];
        foreach (var risk in timetable.Risks)
        {
            if ((reasons.GetValueOrDefault(risk.Rule) ?? reason) is { } why && !string.IsNullOrWhiteSpace(why))
            {
                recorded[risk.Rule] = why.Trim();
            }
            else
            {
                unexplained.Add(risk.ToBreach());
            }
        }

        return unexplained.Count == 0
            ? recorded
            : throw new RuleBrokenException(
                "reason-needed",
                "These dates are lawful but depart from good practice or carry a risk. Change them, or say why as goodPracticeReason, or for each under reasons by its rule.",
                unexplained);
    }

    private ConsultationPeriod CheckExtension(UkMoment closes, Timetable timetable, DateTimeOffset now)
    {
        Require(
            Status is ConsultationStatus.Open or ConsultationStatus.Closing || (Status == ConsultationStatus.Scheduled && now >= Period.OpensAt),
            "only-an-open-one-extends",
            "Only an open consultation can be extended. Edit one that has not opened; one that has closed stays closed.");
        if (now >= Period.ClosesAt)
        {
            throw new RuleBrokenException("deadline-passed", $"The deadline, {UkTime.SpellDeadline(Period.ClosesAt)}, has passed, so it can no longer be extended.");
        }

        var period = Period.Until(closes);
        if (period.ClosesAt <= Period.ClosesAt)
        {
            throw new RuleBrokenException("extension-not-later", $"The new deadline must be later than {UkTime.SpellDeadline(Period.ClosesAt)}: people may have planned around that one.");
        }

        return Readiness.OfDates(timetable) is { Count: > 0 } breaches
            ? throw new RuleBrokenException("timetable-unlawful", "With that closing date the consultation would be unlawful. Each breach names the rule, its source and the first date that would do.", breaches)
            : period;
    }
}
