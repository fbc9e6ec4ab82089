using System.Globalization;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>The engagement's plan, who reviewed and approved it, and what became of it.</summary>
internal sealed class EngagementBundleSection(IMediator mediator) : IBundleSection
{
    public string Folder => "02-engagement-plan";

    public string Title => "Engagement plan";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var consultation = await mediator.Send(new FindConsultation(new ConsultationId(bundle.Consultation)), cancellationToken) ?? throw new NotFoundException("consultation");
        var found = await mediator.Send(new GetEngagement(consultation.EngagementId), cancellationToken);

        // Who leads it and who screened it are no part of what was planned.
        var engagement = bundle.InFull ? found : found with { LeadOfficer = null, EqualityImpactAssessment = found.EqualityImpactAssessment is { } a ? a with { ScreenedBy = null } : null };
        await bundle.AddJsonAsync("engagement.json", "The engagement with its plan, reviews, waivers and approval", engagement, cancellationToken);
        bundle.Concerns(engagement.Id.Value, "The engagement");
        var page = bundle.Page;
        page.Facts(
            ("Reference", engagement.Reference),
            ("Title", engagement.Title),
            ("State", engagement.State.ToString()),
            ("Department", engagement.Department),
            ("Purpose", engagement.Purpose),
            ("The decision that it informs", engagement.DecisionToInform),
            ("What the public can influence", engagement.WhatCanChange),
            ("What is settled, and why", engagement.WhatCannotChange),
            ("How much is shared", engagement.Level?.ToString()),
            ("A law requires the council to consult", engagement.Statutory ? "Yes" : "No"),
            ("Version of the plan", engagement.PlanVersion),
            ("Approved", engagement.Approval is { } approval ? $"Version {approval.PlanVersion} by {approval.By} at {UkTime.SpellInstant(approval.At)}" : "Not approved"),
            ("Cancelled because", engagement.CancellationReason));
        page.Table(
            "Whom it was to reach",
            ["Group", "Who", "Reach aimed at"],
            engagement.TargetGroups.Select(IReadOnlyList<BundleText> (g) => [g.Name, g.Audience.ToString(), g.ReachAimedAt]));
        page.Table(
            "What success was to be measured by",
            ["Outcome", "Measure", "Target"],
            engagement.SuccessCriteria.Select(IReadOnlyList<BundleText> (c) => [c.Outcome, c.Measure, string.Create(CultureInfo.InvariantCulture, $"{c.Direction} {c.TargetValue} {c.Unit}")]));
        page.Table(
            "Reviews of the plan",
            ["Kind", "Version", "Verdict", "Comment", "By", "At"],
            engagement.Reviews.Select(IReadOnlyList<BundleText> (r) => [r.Kind.ToString(), r.PlanVersion, r.Verdict.ToString(), r.Comment, r.By, UkTime.SpellInstant(r.At)]));
        page.Table(
            "Checks that were waived",
            ["Check", "Version", "Reason", "By", "At"],
            engagement.Waivers.Select(IReadOnlyList<BundleText> (w) => [w.Check, w.PlanVersion, w.Reason, w.By, UkTime.SpellInstant(w.At)]));
        page.List([BundleText.Link("engagement.json", "All of it as JSON")]);
    }
}
