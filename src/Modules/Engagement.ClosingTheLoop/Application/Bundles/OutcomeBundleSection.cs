using System.Globalization;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Bundles;

/// <summary>The decision and the report that it considered, each published version of the outcome, and what became of what was promised.</summary>
internal sealed class OutcomeBundleSection(IClosingTheLoopDb db, TimeProvider clock) : IBundleSection
{
    public string Folder => "10-decision-and-outcome";

    public string Title => "Decision and outcome";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var id = new ConsultationId(bundle.Consultation);
        var page = bundle.Page;
        if (await db.Loops.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(l => l.ConsultationId == id, cancellationToken) is not { } loop)
        {
            page.Paragraph("The consultation has not closed, so nothing has been decided.");
            return;
        }

        page.Facts(
            ("Outcome promised by", UkTime.Spell(loop.FirstDueOn)),
            ("Now promised by", loop.OutcomeDueOn == loop.FirstDueOn ? null : UkTime.Spell(loop.OutcomeDueOn)),
            ("Why the day moved", loop.DueDateReason),
            ("Answered what people said at", loop.ClosedLoopAt is { } closed ? UkTime.SpellInstant(closed) : "Not yet"));
        await WriteDecision(bundle, loop, cancellationToken);
        await WriteVersions(bundle, id, cancellationToken);
        await WriteQuotations(bundle, id, cancellationToken);
        var commitments = loop.Commitments.OrderBy(c => c.Position).Select(c => CommitmentView.Of(c, UkTime.DateOf(clock.GetUtcNow()))).ToList();
        await bundle.AddJsonAsync("commitments.json", "Commitments and how they are getting on", commitments, cancellationToken);
        page.Heading("Commitments");
        page.Table(
            "What was promised and what became of it",
            ["Promise", "By", "Who answers for it", "State", "Public notes"],
            commitments.Select(IReadOnlyList<BundleText> (c) =>
            [
                c.Text,
                UkTime.Spell(c.DueOn),
                c.Owner,
                $"{c.Status}{(c.IsPublished ? "" : ", not published")}{(c.IsOverdue ? ", overdue" : "")}",
                string.Join('\n', c.Progress.Select(p => $"{UkTime.SpellInstant(p.At)}: {p.Status}. {p.Note}")),
            ]));
    }

    private static async Task WriteDecision(BundleSection bundle, Loop loop, CancellationToken cancellationToken)
    {
        bundle.Page.Heading("Decision");
        if (loop.Decision is not { } decision)
        {
            bundle.Page.Paragraph("No decision is recorded.");
            return;
        }

        await bundle.AddJsonAsync("decision.json", "The decision", decision, cancellationToken);
        bundle.Page.Facts(
            ("Decided by", decision.Body),
            ("On", UkTime.Spell(decision.DecidedOn)),
            ("What was decided", decision.Summary),
            ("Minute", decision.Minute),
            ("Confirmed having considered the report", $"{decision.DecisionMaker.Name}, {decision.DecisionMaker.Role}"),
            ("The report", decision.ReportReference),
            ("Its version", decision.ReportVersion),
            ("Read on", decision.ReportReadOn is { } read ? UkTime.Spell(read) : null),
            ("SHA-256 of the report", decision.ReportSha256),
            ("SHA-256 of the analysis that it rests on", decision.AnalysisSha256),
            ("File", BundleText.Link("decision.json", "decision.json")));
    }

    private async Task WriteVersions(BundleSection bundle, ConsultationId id, CancellationToken cancellationToken)
    {
        var versions = await db.OutcomeVersions.AsNoTracking().Where(v => v.ConsultationId == id).OrderBy(v => v.Number).ToListAsync(cancellationToken);
        bundle.Page.Heading("Outcome");
        if (versions.Count == 0)
        {
            bundle.Page.Paragraph("No outcome is published.");
        }

        foreach (var version in versions)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"outcome-version-{version.Number}.json");
            await bundle.AddJsonAsync(name, $"Version {version.Number} of the outcome", version, cancellationToken);
            bundle.Page.Subheading($"Version {version.Number}");
            bundle.Page.Facts(
                ("Published at", UkTime.SpellInstant(version.PublishedAt)),
                ("Published by", version.PublishedBy),
                ("What it corrects and why", version.Reason),
                ("Introduction", version.Content.Introduction),
                ("What happens next", version.Content.WhatHappensNext),
                ("Responses that it rests on", version.Content.Responses),
                ("File", BundleText.Link(name, name)));
            bundle.Page.Table(
                $"We asked, you said, we did: version {version.Number}",
                ["Theme", "Raised in", "We asked", "You said", "What became of it", "We did", "Reason"],
                version.Content.Themes.Select(IReadOnlyList<BundleText> (t) => [t.Name, t.RaisedIn, t.Asked, t.Said, t.Disposition.ToString(), t.Did, t.Reason]));
        }
    }

    /// <summary>Those that are public are there word for word; of the others only that they exist, unless the bundle is in full.</summary>
    private async Task WriteQuotations(BundleSection bundle, ConsultationId id, CancellationToken cancellationToken)
    {
        var quotations = await db.Quotations.AsNoTracking().Where(q => q.ConsultationId == id).OrderBy(q => q.Id).ToListAsync(cancellationToken);
        var cleared = await db.WordsOf(id, quotations.Select(q => q.Id), cancellationToken);
        foreach (var quotation in quotations)
        {
            bundle.Concerns(quotation.Id.Value, "A quotation");
        }

        bundle.Page.Heading("Quotations");
        bundle.Page.Table(
            "People’s own words that were chosen to be shown",
            ["Quotation", "State", "Question", "Words"],
            quotations.Select(IReadOnlyList<BundleText> (q) =>
                [q.Id.ToString(), q.Status.ToString(), q.QuestionCode, cleared.GetValueOrDefault(q.Id) ?? (bundle.InFull ? q.Text : "[redacted]")]));
    }
}
