using System.Globalization;
using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using MediatR;

namespace Engagement.Consultations.Application.Bundles;

/// <summary>For each principle of fair consultation and each practice of the Charter what shows that it was kept, and how it was judged; the signed checkpoints; the review at the middle.</summary>
internal sealed class AssuranceBundleSection(IMediator mediator) : IBundleSection
{
    public string Folder => "11-fairness";

    public string Title => "Fairness and assurance";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new ShowAssurance(new ConsultationId(bundle.Consultation)), cancellationToken);
        await bundle.AddJsonAsync("fairness.json", "Evidence, judgements, checkpoints and the mid-point review", found, cancellationToken);
        var page = bundle.Page;
        foreach (var practice in found.Practices)
        {
            page.Heading($"{practice.Scheme}: {practice.Name}");
            page.Paragraph($"{practice.Asks} ({practice.Citation})");
            page.List(practice.Known.Select(k => (BundleText)$"Known to the system: {k}"));
            page.Table(
                $"Evidence for: {practice.Name}",
                ["Number", "What shows it", "Link or document", "Added by", "Added at"],
                practice.Evidence.Select(IReadOnlyList<BundleText> (e) => [e.Number, e.Text, e.Document ?? e.Link, e.By, UkTime.SpellInstant(e.At)]));
            page.Table(
                $"Judgements of: {practice.Name}",
                ["Stage", "Judged as", "Reason", "Version of the consultation", "By", "At"],
                practice.Judgements.Select(IReadOnlyList<BundleText> (j) =>
                    [j.Stage.ToString(), j.Status.ToString(), j.Reason, j.ConsultationVersion, j.By, UkTime.SpellInstant(j.At)]));
        }

        page.Heading("Checkpoints");
        page.Table(
            "Signed checkpoints",
            ["Checkpoint", "What was checked", "SHA-256", "Version of the consultation", "Remark", "Signed by", "At"],
            found.Checkpoints.Select(IReadOnlyList<BundleText> (c) =>
                [c.Kind.ToString(), c.Subject, c.Sha256, c.ConsultationVersion, c.Remark, c.By, UkTime.SpellInstant(c.At)]));
        page.Heading("Review at the middle");
        if (found.MidPoint is { } middle)
        {
            page.Facts(
                ("Choice", middle.Choice.ToString()),
                ("Reason", middle.Reason),
                ("Outreach", middle.Outreach),
                ("The middle was at", UkTime.SpellInstant(middle.Middle)),
                ("Responses then", middle.Figures.Responses),
                ("Aimed at", middle.Figures.AimedAt?.ToString("N0", CultureInfo.InvariantCulture)),
                ("Recorded by", middle.By),
                ("Recorded at", UkTime.SpellInstant(middle.At)));
        }
        else
        {
            page.Paragraph($"None is recorded. Half of the time has passed at {UkTime.SpellInstant(found.MidPointAt)}.");
        }

        page.List([BundleText.Link("fairness.json", "All of it as JSON")]);
    }
}
