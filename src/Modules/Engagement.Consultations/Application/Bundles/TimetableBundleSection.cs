using System.Globalization;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Bundles;

/// <summary>Each timetable that somebody relied on, as it was recorded, and the one that is computed today: every date with its law and working.</summary>
internal sealed class TimetableBundleSection(IConsultationsDb db, IMediator mediator, ITimescales timescales, TimeProvider clock) : IBundleSection
{
    public string Folder => "03-timetable";

    public string Title => "Timetable";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var id = new ConsultationId(bundle.Consultation);
        var recorded = await db.Timetables.AsNoTracking().Where(t => t.ConsultationId == id).OrderBy(t => t.Version).ToListAsync(cancellationToken);
        bundle.Page.Paragraph("The dates that the law asks for, each with its citation and how it was counted. What was recorded when the dates were put forward or extended is shown as it was then.");
        foreach (var timetable in recorded)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"recorded-{timetable.Version}.json");
            var heading = $"As recorded at {UkTime.SpellInstant(timetable.RecordedAt)}, with version {timetable.Version} of the consultation";
            await bundle.AddJsonAsync(name, heading, new ConsultationTimetableView(timetable.RecordedAt, timetable.Timetable, timetable.Reasons), cancellationToken);
            Show(bundle.Page, heading, name, timetable.Timetable, timetable.Reasons);
        }

        await WriteComputed(bundle, id, cancellationToken);
    }

    private async Task WriteComputed(BundleSection bundle, ConsultationId id, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(id, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var heading = $"As computed for this bundle, at {UkTime.SpellInstant(clock.GetUtcNow())}";
        try
        {
            var timetable = TimetableView.Of(consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, await timescales.Now(cancellationToken)));
            await bundle.AddJsonAsync("computed.json", heading, timetable, cancellationToken);
            Show(bundle.Page, heading, "computed.json", timetable, new Dictionary<string, string>(StringComparer.Ordinal));
        }
        catch (RuleBrokenException refused)
        {
            bundle.Page.Heading(heading).Paragraph($"It cannot be computed: {refused.Message}");
        }
    }

    private static void Show(BundlePage page, string heading, string file, TimetableView timetable, IReadOnlyDictionary<string, string> reasons)
    {
        page.Heading(heading);
        page.Facts(
            ("Keeps to every period", timetable.Compliant switch { true => "Yes", false => $"No: {timetable.ShortByDays} days short", _ => "No regime fixes a period, or a date that it needs is missing" }),
            ("Earliest lawful last day", timetable.EarliestLawfulClose is { } earliest ? $"{UkTime.Spell(earliest)}, by {timetable.DecidedBy}" : null),
            ("Obstacle", timetable.Obstacle),
            ("File", BundleText.Link(file, file)));
        page.Table(
            $"Dates, their law and their working: {heading}",
            ["What", "Date", "Law", "How sure", "Counted by", "Working"],
            timetable.Steps.Select(IReadOnlyList<BundleText> (s) =>
                [$"{s.Label} ({s.Regime}/{s.Key})", UkTime.Spell(s.Date), s.Citation, s.Confidence, s.CountingRule, s.Working]));
        page.Table(
            $"Versions of the law that were used: {heading}",
            ["Regime", "In force from", "To", "Chosen by the date", "What it changed"],
            timetable.Versions.Select(IReadOnlyList<BundleText> (v) => [v.Regime, Spelt(v.From), Spelt(v.To), Spelt(v.Trigger), v.Change]));
        page.Table(
            $"Findings: {heading}",
            ["Grade", "What was found", "Law", "Reason for departing from it"],
            timetable.Findings.Select(IReadOnlyList<BundleText> (f) => [f.Grade, f.Message, f.Citation, ReasonFor(f, reasons)]));
    }

    private static string? ReasonFor(FindingView finding, IReadOnlyDictionary<string, string> reasons) =>
        reasons.GetValueOrDefault($"{finding.Regime}/{finding.Step}") ?? reasons.GetValueOrDefault(finding.Code);

    private static string Spelt(DateOnly? date) => date is { } day ? UkTime.Spell(day) : "–";
}
