using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Domain;

/// <summary>The decision, and the outcome that tells people what became of what they said.</summary>
internal sealed partial class Loop
{
    private readonly List<Commitment> commitments = [];

    public Decision? Decision { get; private set; }

    public OutcomeDraft? Draft { get; private set; }

    public IReadOnlyList<Commitment> Commitments => commitments;

    /// <summary>Who has written on the next version since the last publication, as in the history: none of them may publish it.</summary>
    public IReadOnlyList<string> Authors { get; private set; } = [];

    /// <summary>The version the public sees; 0 while none is published.</summary>
    public int PublishedVersion { get; private set; }

    /// <summary>When an outcome was first published that answers what people said; null while the loop is open.</summary>
    public DateTimeOffset? ClosedLoopAt { get; private set; }

    /// <summary>The first UK day on which the close lay behind the decision-makers for at least part of the day.</summary>
    public DateOnly EarliestDecision => UkTime.DateOf(ClosedAt);

    /// <summary>
    /// Records what was decided. A second call corrects the record and says why. Conscientious consideration is the fourth of the
    /// Gunning principles (R v Brent London Borough Council, ex parte Gunning (1985) 84 LGR 168): whoever decides has first read what people said.
    /// </summary>
    /// <exception cref="RuleBrokenException">
    /// <c>consideration-not-confirmed</c>, <c>decision-before-close</c>, <c>decision-in-the-future</c>, <c>coding-not-complete</c>,
    /// <c>decision-before-report</c>, <c>report-read-before-it-was-there</c>, <c>decision-before-report-was-read</c>, or <c>decision-already-recorded</c> where no reason for the correction is given.
    /// </exception>
    public void RecordDecision(Decision decision, bool confirmsConsideration, string? correctionReason, Actor recordedBy, DateTimeOffset now)
    {
        if (!confirmsConsideration)
        {
            throw new RuleBrokenException(
                "consideration-not-confirmed",
                $"{decision.DecisionMaker.Name} must confirm that the report was considered before the decision was made. Record the decision once that is confirmed.");
        }

        if (decision.DecidedOn < EarliestDecision)
        {
            throw new RuleBrokenException(
                "decision-before-close",
                $"The consultation accepted responses until {UkTime.SpellDeadline(ClosedAt)}, so it cannot have been decided on {UkTime.Spell(decision.DecidedOn)}. The earliest date is {UkTime.Spell(EarliestDecision)}.");
        }

        if (decision.DecidedOn > UkTime.DateOf(now))
        {
            throw new RuleBrokenException(
                "decision-in-the-future", $"{UkTime.Spell(decision.DecidedOn)} has not come yet. Record the decision when it has been made.");
        }

        if (CodingCompletedAt is not { } completed)
        {
            throw new RuleBrokenException(
                "coding-not-complete", "The coding has not been declared complete, so there is no report of the whole that could have been considered. Complete the coding first.");
        }

        if (decision.DecidedOn < UkTime.DateOf(completed))
        {
            throw new RuleBrokenException(
                "decision-before-report",
                $"The analysis was complete on {UkTime.Spell(UkTime.DateOf(completed))}, so a decision of {UkTime.Spell(decision.DecidedOn)} cannot have considered it.");
        }

        if (decision.ReportReadOn < UkTime.DateOf(completed))
        {
            throw new RuleBrokenException(
                "report-read-before-it-was-there",
                $"The analysis was complete on {UkTime.Spell(UkTime.DateOf(completed))}, so no report of the whole can have been read on {UkTime.Spell(decision.ReportReadOn.Value)}.");
        }

        if (decision.ReportReadOn > decision.DecidedOn)
        {
            throw new RuleBrokenException(
                "decision-before-report-was-read",
                $"{decision.DecisionMaker.Name} had read the report on {UkTime.Spell(decision.ReportReadOn.Value)}, after the decision of {UkTime.Spell(decision.DecidedOn)}: it cannot have been considered.");
        }

        if (Decision is null)
        {
            Decision = decision;
            Raise(new DecisionRecorded(ConsultationId, decision, now));
            return;
        }

        Decision = correctionReason is not null
            ? decision
            : throw new RuleBrokenException(
                "decision-already-recorded", $"The decision of {UkTime.Spell(Decision.DecidedOn)} has been recorded. To correct the record, say why in correctionReason.");
        AddAuthor(recordedBy);
        Raise(new DecisionCorrected(ConsultationId, decision, correctionReason, now));
    }

    /// <summary>SHA-256 of the analysis as it stands, lower-case hexadecimal: of the seal and of each theme with the number of responses that raise it, a line each, in the order of their ids.</summary>
    public string DigestOfAnalysis(ThemeTally tally) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [
        SealedDigest,
        string.Create(CultureInfo.InvariantCulture, $"{tally.Responses} responses"),
        .. tally.RaisedIn.OrderBy(t => t.Key.Value).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Key} {t.Value}")),
    ]))));

    /// <summary>Writes the outcome, or its correction. Replaces what was written before.</summary>
    /// <exception cref="RuleBrokenException">
    /// <c>theme-unknown</c>, <c>commitment-unknown</c>, <c>published-commitment-dropped</c> or <c>commitment-due-in-the-past</c>.
    /// </exception>
    public void DraftOutcome(OutcomeDraft draft, IReadOnlyList<CommitmentText> promised, Actor author, DateTimeOffset now)
    {
        var unknown = draft.Themes.Where(t => themes.Find(x => x.Id == t.ThemeId) is not { MergedInto: null }).ToList();
        if (unknown.Count > 0)
        {
            throw new RuleBrokenException(
                "theme-unknown",
                "Answer themes that are in the coding frame of this consultation and have not been merged into others.",
                [.. unknown.Select(t => new Breach("theme-unknown", "There is no such theme, or it was merged into another.", Subject: t.ThemeId.ToString()))]);
        }

        CheckPromises(promised, UkTime.DateOf(now));
        commitments.RemoveAll(c => !promised.Any(p => p.Id == c.Id));
        for (var i = 0; i < promised.Count; i++)
        {
            if (promised[i].Id is { } id)
            {
                commitments.Find(c => c.Id == id)!.Take(promised[i], i);
            }
            else
            {
                commitments.Add(new Commitment(ConsultationId, promised[i], i));
            }
        }

        Draft = draft;
        AddAuthor(author);
        Raise(new OutcomeDrafted(ConsultationId, draft, promised, now));
    }

    /// <summary>True for a theme that somebody raised and that is above the threshold.</summary>
    public bool MustAnswer(ThemeId theme, ThemeTally tally) =>
        tally.RaisedIn.GetValueOrDefault(theme) is > 0 and var raisedIn && Threshold.Demands(raisedIn, tally.Responses);

    /// <summary>Everything that must be mended before the outcome can be published; each theme is named.</summary>
    public IReadOnlyList<Breach> WhatStandsInTheWay(ThemeTally tally, IReadOnlySet<QuotationId> clearedQuotations)
    {
        var breaches = new List<Breach>();
        if (CodingCompletedAt is null)
        {
            breaches.Add(new Breach("coding-not-complete", "The coding has not been declared complete: each free text needs a theme or “none”."));
        }

        if (Decision is null)
        {
            breaches.Add(new Breach("decision-not-recorded", "No decision is recorded. Record who decided, when, and the minute."));
        }

        if (Draft is null)
        {
            breaches.Add(new Breach("outcome-not-written", "Nothing has been written yet. Write the outcome first."));
        }
        else if (Draft.Introduction.Length == 0)
        {
            breaches.Add(new Breach("outcome-without-introduction", "The outcome has no introduction. Write in a few sentences what was asked and what came of it."));
        }

        foreach (var theme in themes.Where(t => t.MergedInto is null).OrderBy(t => t.Position).ThenBy(t => t.Name, StringComparer.Ordinal))
        {
            var answer = Draft?.Themes.FirstOrDefault(t => t.ThemeId == theme.Id);
            if (answer is not null)
            {
                breaches.AddRange(Gaps(theme.Name, answer, clearedQuotations));
            }
            else if (MustAnswer(theme.Id, tally))
            {
                breaches.Add(WithoutDisposition(theme.Name, $" It was raised in {tally.RaisedIn[theme.Id]} of {tally.Responses} responses."));
            }
        }

        return breaches;
    }

    /// <summary>Publishes what is written as the next version. Not done by anybody who wrote on it.</summary>
    /// <param name="reason">What is corrected and why; needed from the second version on.</param>
    /// <exception cref="ForbiddenException"><c>second-approver-required</c>.</exception>
    /// <exception cref="RuleBrokenException"><c>outcome-incomplete</c> with each breach, <c>nothing-to-publish</c> or <c>correction-without-reason</c>.</exception>
    public OutcomeVersion Publish(ThemeTally tally, IReadOnlySet<QuotationId> clearedQuotations, Actor publisher, string? reason, DateTimeOffset now)
    {
        publisher.MustDifferFrom(Authors, "this outcome");
        if (PublishedVersion > 0 && Authors.Count == 0)
        {
            throw new RuleBrokenException("nothing-to-publish", $"Nothing has changed since version {PublishedVersion} was published.");
        }

        if (PublishedVersion > 0 && reason is null)
        {
            throw new RuleBrokenException("correction-without-reason", $"Version {PublishedVersion} has been published. Say what this one corrects and why.");
        }

        var breaches = WhatStandsInTheWay(tally, clearedQuotations);
        if (breaches.Count > 0)
        {
            throw new RuleBrokenException("outcome-incomplete", "The outcome cannot be published yet: people have not been told what became of everything they said.", breaches);
        }

        var content = ContentToPublish(tally)!;
        PublishedVersion++;
        Authors = [];
        foreach (var commitment in commitments)
        {
            commitment.PublishedIn ??= PublishedVersion;
        }

        if (content.ClosesTheLoop)
        {
            ClosedLoopAt ??= now;
        }

        Raise(new OutcomePublished(ConsultationId, Slug, Title, PublishedVersion, content, content.ClosesTheLoop, reason, now));
        return OutcomeVersion.Of(ConsultationId, PublishedVersion, content, publisher.ToString(), reason, now);
    }

    /// <summary>What would be published now: themes without a disposition are left out. Null while no decision is recorded, or nothing is written.</summary>
    public PublishedContent? ContentToPublish(ThemeTally tally) => Draft is null || Decision is null ? null : new PublishedContent(
        Draft.Introduction,
        Decision,
        [.. Draft.Themes.Where(t => t.Disposition is not null).Select(t => new PublishedTheme(
            t.ThemeId, Find(t.ThemeId).Name, tally.RaisedIn.GetValueOrDefault(t.ThemeId), t.Asked, t.Said, t.Disposition!.Value, t.Did ?? "", t.Reason, t.Quotations ?? []))],
        Draft.WhatHappensNext,
        tally.Responses,
        [.. commitments.OrderBy(c => c.Position).Select(c => new PublishedCommitment(c.Id, c.Text, c.DueOn, c.Owner))]);

    /// <summary>Says in public how a promise is getting on.</summary>
    /// <exception cref="RuleBrokenException"><c>commitment-not-published</c>.</exception>
    public void MoveCommitmentOn(CommitmentId id, CommitmentStatus status, string note, DateTimeOffset now)
    {
        var commitment = commitments.Find(c => c.Id == id) ?? throw new NotFoundException("commitment");
        if (commitment.PublishedIn is null)
        {
            throw new RuleBrokenException("commitment-not-published", "Nothing has been promised in public yet. Publish the outcome first; until then change the draft.");
        }

        commitment.MoveOn(status, note, now);
        Raise(new CommitmentProgressed(ConsultationId, id, status, note, now));
    }

    private static IEnumerable<Breach> Gaps(string theme, ThemeAnswer answer, IReadOnlySet<QuotationId> clearedQuotations)
    {
        if (answer.Asked.Length == 0 || answer.Said.Length == 0)
        {
            yield return new Breach("theme-without-account", $"“{theme}” does not say what was asked and what people said.", Subject: theme);
        }

        if (answer.Disposition is null)
        {
            yield return WithoutDisposition(theme, "");
        }

        if (answer.Disposition is Disposition.NotAdopted or Disposition.PartlyAdopted or Disposition.OutOfScope && string.IsNullOrWhiteSpace(answer.Reason))
        {
            yield return new Breach("no-without-reason", $"“{theme}” was not adopted in full and no reason is given. Say why.", Subject: theme);
        }

        if (answer.Disposition is Disposition.Adopted or Disposition.PartlyAdopted or Disposition.AlreadyPlanned && string.IsNullOrWhiteSpace(answer.Did))
        {
            yield return new Breach("yes-without-deed", $"“{theme}” does not say what the council did or will do.", Subject: theme);
        }

        foreach (var quotation in (answer.Quotations ?? []).Where(q => !clearedQuotations.Contains(q)))
        {
            yield return new Breach("quotation-not-cleared", $"“{theme}” quotes somebody without clearance (quotation {quotation}). Have it cleared or take it out.", Subject: theme);
        }
    }

    private static Breach WithoutDisposition(string theme, string raised) =>
        new("theme-without-disposition", $"“{theme}” has no disposition.{raised} Say whether it was adopted, partly or not adopted, out of scope or already planned.", Subject: theme);

    private void CheckPromises(IReadOnlyList<CommitmentText> promised, DateOnly today)
    {
        foreach (var promise in promised)
        {
            var before = promise.Id is { } id
                ? commitments.Find(c => c.Id == id) ?? throw new RuleBrokenException("commitment-unknown", $"There is no commitment {id} here. Leave the id out for a new one.")
                : null;
            if (promise.DueOn != before?.DueOn && promise.DueOn < today)
            {
                throw new RuleBrokenException("commitment-due-in-the-past", $"A promise cannot fall due on {UkTime.Spell(promise.DueOn)}, which has passed. Give today or a later day.");
            }
        }

        if (commitments.Find(c => c.PublishedIn is not null && !promised.Any(p => p.Id == c.Id)) is { } dropped)
        {
            throw new RuleBrokenException(
                "published-commitment-dropped", $"“{dropped.Text}” was promised in public, so it cannot be dropped. Keep it; if it will not be done, set its status to not-done and say why.");
        }
    }

    private void AddAuthor(Actor author)
    {
        if (!Authors.Contains(author.ToString(), StringComparer.Ordinal))
        {
            Authors = [.. Authors, author.ToString()];
        }
    }
}

/// <summary>How often each theme was raised, merged themes counted where they now belong.</summary>
/// <param name="Responses">Responses in the set: the base of every share.</param>
/// <param name="RaisedIn">Distinct responses that raise the theme; a theme nobody raised is missing.</param>
internal sealed record ThemeTally(int Responses, IReadOnlyDictionary<ThemeId, int> RaisedIn);
