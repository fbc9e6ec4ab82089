using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Assurance;

/// <summary>
/// What shows that a consultation was fair: evidence for each principle and practice, how each was judged at publication and again
/// at decision, what was checked and signed on the way, and the review at its middle. Everything is only ever added.
/// </summary>
internal sealed class ConsultationAssurance : AggregateRoot
{
    private readonly List<EvidenceItem> evidence = [];
    private readonly List<Judgement> judgements = [];
    private readonly List<Checkpoint> checkpoints = [];

    private ConsultationAssurance()
    {
    }

    public override Guid Identity => ConsultationId.Value;

    public ConsultationId ConsultationId { get; private init; }

    public IReadOnlyList<EvidenceItem> Evidence => evidence;

    public IReadOnlyList<Judgement> Judgements => judgements;

    public IReadOnlyList<Checkpoint> Checkpoints => checkpoints;

    /// <summary>Null until it is recorded.</summary>
    public MidPointReview? MidPoint { get; private set; }

    public static ConsultationAssurance Begin(ConsultationId consultation) => new() { ConsultationId = consultation };

    /// <summary>Half of the time that people have; it moves with the deadline until the review is recorded.</summary>
    public static DateTimeOffset MidPointOf(DateTimeOffset opensAt, DateTimeOffset closesAt) => opensAt + ((closesAt - opensAt) / 2);

    public static DateTimeOffset MidPointOf(ConsultationPeriod period) => MidPointOf(period.OpensAt, period.ClosesAt);

    /// <exception cref="RuleBrokenException"><c>document-unknown</c>: it names a paper that the consultation has not.</exception>
    public EvidenceItem AddEvidence(string practice, string text, string? link, DocumentId? document, Consultation consultation, Actor by, DateTimeOffset now)
    {
        if (document is { } id && !consultation.Documents.Any(d => d.Id == id))
        {
            throw new RuleBrokenException("document-unknown", "This consultation has no such document. Choose one of its own, or give an address.");
        }

        var item = new EvidenceItem(ConsultationId, evidence.Count + 1, practice, text.Trim(), link, document, by.ToString(), now);
        evidence.Add(item);
        Raise(new EvidenceAdded(ConsultationId, item.Number, practice, item.Text, link, document, now));
        return item;
    }

    /// <summary>Judges principles and practices, or judges them again: the latest counts, earlier ones stay on the record.</summary>
    /// <param name="known">What the system itself knew at that moment; kept with each judgement.</param>
    /// <exception cref="RuleBrokenException"><c>judged-too-late</c> at publication once it has opened, <c>judged-too-early</c> at decision before it has closed.</exception>
    public void Judge(AssuranceStage stage, IReadOnlyList<PracticeJudgement> given, IReadOnlyList<KnownFact> known, Consultation consultation, Actor by, DateTimeOffset now)
    {
        if (stage == AssuranceStage.Publication && (now >= consultation.Period.OpensAt || consultation.Status == ConsultationStatus.Withdrawn))
        {
            throw new RuleBrokenException("judged-too-late", "How it stood at publication can only be judged before it opens: afterwards it would be hindsight. Add evidence instead, and judge it at the decision.");
        }

        if (stage == AssuranceStage.Decision && consultation.Status is not (ConsultationStatus.Closed or ConsultationStatus.UnderConsideration or ConsultationStatus.Decided))
        {
            throw new RuleBrokenException("judged-too-early", "How it stood at the decision can only be judged once it has closed and its responses are sealed.");
        }

        foreach (var judgement in given)
        {
            judgements.Add(new Judgement(
                ConsultationId, judgements.Count + 1, stage, judgement.Practice, judgement.Status, Trimmed(judgement.Reason),
                [.. known.Where(k => k.Practice == judgement.Practice).Select(k => k.Text)], consultation.Version, by.ToString(), now));
        }

        Raise(new PracticesJudged(ConsultationId, stage, given, consultation.Version, now));
    }

    /// <summary>The judgement that counts; null while there is none.</summary>
    public Judgement? JudgementOf(string practice, AssuranceStage stage) => judgements.Where(j => j.Practice == practice && j.Stage == stage).MaxBy(j => j.Number);

    /// <summary>Whether the principles, and the practices, have each been judged at a stage: one check for each scheme.</summary>
    public IReadOnlyList<ReadinessCheck> Check(AssuranceStage stage) =>
    [
        Check(stage, AssuranceScheme.Gunning, "gunning", "principles of fair consultation", Practice.GunningCitation),
        Check(stage, AssuranceScheme.Charter, "charter", "practices of the Consultation Charter", Practice.CharterCitation),
    ];

    /// <exception cref="RuleBrokenException"><c>not-ready</c>: names what has not been judged.</exception>
    public void MustBeJudged(AssuranceStage stage)
    {
        if (Check(stage).Select(c => c.Gap).OfType<Breach>().ToList() is { Count: > 0 } gaps)
        {
            throw new RuleBrokenException("not-ready", "Something is missing before this can go to an approver; each entry says what to do.", gaps);
        }
    }

    /// <summary>Signs that something was checked. Nobody signs off what they wrote.</summary>
    /// <param name="what">What was checked, and in which version.</param>
    /// <exception cref="ForbiddenException"><c>second-approver-required</c>.</exception>
    public Checkpoint Sign(CheckpointKind kind, CheckedThing what, string? remark, Consultation consultation, Actor by, DateTimeOffset now)
    {
        by.MustDifferFrom(consultation.Authors, "this checkpoint");
        var checkpoint = new Checkpoint(ConsultationId, checkpoints.Count + 1, kind, what.Subject, what.Sha256, consultation.Version, Trimmed(remark), by.ToString(), now);
        checkpoints.Add(checkpoint);
        Raise(new CheckpointSigned(ConsultationId, checkpoint.Number, kind, what.Subject, what.Sha256, consultation.Version, checkpoint.Remark, now));
        return checkpoint;
    }

    /// <summary>Records what was chosen at the middle of the time that people have, with the figures of that moment.</summary>
    /// <exception cref="RuleBrokenException"><c>mid-point-not-reached</c>, <c>mid-point-passed</c> once it has closed, or <c>mid-point-already-reviewed</c>.</exception>
    public void ReviewMidPoint(MidPointChoice choice, string reason, string? outreach, MidPointFigures figures, Consultation consultation, Actor by, DateTimeOffset now)
    {
        var middle = MidPointOf(consultation.Period);
        if (MidPoint is not null)
        {
            throw new RuleBrokenException("mid-point-already-reviewed", $"The review at the middle was recorded on {UkTime.Spell(UkTime.DateOf(MidPoint.At))}. It stays as it is; an extension or more outreach needs no second review.");
        }

        if (now < middle || consultation.Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval or ConsultationStatus.Scheduled)
        {
            throw new RuleBrokenException("mid-point-not-reached", $"The middle of the consultation is at {UkTime.SpellInstant(middle)}. Review it from then on.");
        }

        if (consultation.Status != ConsultationStatus.Open || now >= consultation.Period.ClosesAt)
        {
            throw new RuleBrokenException("mid-point-passed", "It takes no more responses, so there is nothing left to choose: the review at the middle was not held, and the record shows that.");
        }

        MidPoint = new MidPointReview(choice, reason.Trim(), Trimmed(outreach), middle, figures, by.ToString(), now);
        Raise(new MidPointReviewed(ConsultationId, choice, MidPoint.Reason, MidPoint.Outreach, figures.Responses, now));
    }

    /// <summary>The middle has come, people can still answer, and nobody has recorded the review.</summary>
    public bool IsMidPointReviewDue(Consultation consultation, DateTimeOffset now) =>
        MidPoint is null && consultation.Status == ConsultationStatus.Open && now >= MidPointOf(consultation.Period) && now < consultation.Period.ClosesAt;

    private ReadinessCheck Check(AssuranceStage stage, AssuranceScheme scheme, string rule, string what, string citation)
    {
        var asked = Practice.All.Where(p => p.Scheme == scheme).ToList();
        var open = asked.Where(p => JudgementOf(p.Key, stage) is null).ToList();
        var when = stage == AssuranceStage.Publication ? "as it stands before publication" : "as it stands at the decision";
        return new ReadinessCheck(
            $"consultation/{rule}",
            $"Each of the {asked.Count} {what} is judged {when}.",
            open.Count == 0 ? null : new Breach($"consultation/{rule}", $"Judge each of the {asked.Count} {what} {when}. Still open: {string.Join(", ", open.Select(p => p.Name))}.", citation));
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

public enum AssuranceStage
{
    /// <summary>Before people can see it.</summary>
    Publication,

    /// <summary>Once its responses are sealed, before the decision is recorded.</summary>
    Decision,
}

public enum AssuranceStatus
{
    Met,
    Partly,
    NotMet,
}

/// <param name="Reason">Needed unless it is met.</param>
public sealed record PracticeJudgement(string Practice, AssuranceStatus Status, string? Reason = null);

/// <summary>Something that shows how a principle or practice was kept.</summary>
/// <param name="Number">Counts the items of one consultation from 1.</param>
/// <param name="By">As the history names actors.</param>
internal sealed record EvidenceItem(
    ConsultationId ConsultationId, int Number, string Practice, string Text, string? Link, DocumentId? DocumentId, string By, DateTimeOffset At);

/// <param name="Known">What the system itself knew at that moment, as sentences.</param>
/// <param name="ConsultationVersion">Of the consultation that was judged.</param>
internal sealed record Judgement(
    ConsultationId ConsultationId,
    int Number,
    AssuranceStage Stage,
    string Practice,
    AssuranceStatus Status,
    string? Reason,
    IReadOnlyList<string> Known,
    int ConsultationVersion,
    string By,
    DateTimeOffset At);

public enum CheckpointKind
{
    Scope,
    Plan,
    Documents,
    MidPoint,
    ClosingDate,
    FinalReport,
}

/// <param name="Subject">What was checked, and in which version.</param>
/// <param name="Sha256">Of what was checked, lower-case hexadecimal.</param>
internal sealed record Checkpoint(
    ConsultationId ConsultationId, int Number, CheckpointKind Kind, string Subject, string Sha256, int ConsultationVersion, string? Remark, string By, DateTimeOffset At);

internal sealed record CheckedThing(string Subject, string Sha256);

public enum MidPointChoice
{
    CarryOn,

    /// <summary>A later deadline is proposed and approved as any extension is.</summary>
    Extend,
    AddOutreach,
}

/// <param name="Middle">When half of the time had passed, as the dates stood then.</param>
internal sealed record MidPointReview(
    MidPointChoice Choice, string Reason, string? Outreach, DateTimeOffset Middle, MidPointFigures Figures, string By, DateTimeOffset At);

/// <summary>How many had responded when the review was recorded.</summary>
/// <param name="AimedAt">How many people the plan aims to reach, all target groups together; null where it names no number.</param>
public sealed record MidPointFigures(int Responses, int? AimedAt, IReadOnlyList<MidPointDay> Days);

public sealed record MidPointDay(DateOnly Day, string Channel, int Responses);

internal sealed record EvidenceAdded(
    ConsultationId Id, int Number, string Practice, string Text, string? Link, DocumentId? DocumentId, DateTimeOffset At) : IDomainEvent;

internal sealed record PracticesJudged(
    ConsultationId Id, AssuranceStage Stage, IReadOnlyList<PracticeJudgement> Judgements, int ConsultationVersion, DateTimeOffset At) : IDomainEvent;

internal sealed record CheckpointSigned(
    ConsultationId Id, int Number, CheckpointKind Kind, string Subject, string Sha256, int ConsultationVersion, string? Remark, DateTimeOffset At) : IDomainEvent;

internal sealed record MidPointReviewed(
    ConsultationId Id, MidPointChoice Choice, string Reason, string? Outreach, int Responses, DateTimeOffset At) : IDomainEvent;
