using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class EqualityModel(IMediator mediator) : PlanStepPage(mediator)
{
    private const string NotScreened = "none";

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public DateInput ScreenedOn { get; set; } = new();

    [BindProperty]
    public string? ScreenedBy { get; set; }

    [BindProperty]
    public DateInput FullAssessmentOn { get; set; } = new();

    [BindProperty]
    public string? FullAssessmentLink { get; set; }

    [BindProperty]
    public DateInput ChallengeGroupReviewOn { get; set; } = new();

    internal override PlanPart Part => PlanPart.Find("equality")!;

    protected override void Fill(EngagementPlan plan)
    {
        var assessment = plan.EqualityImpactAssessment;
        Outcome = assessment?.ScreeningOutcome?.ToString() ?? NotScreened;
        ScreenedOn = DateInput.From(assessment?.ScreenedOn);
        ScreenedBy = assessment?.ScreenedBy;
        FullAssessmentOn = DateInput.From(assessment?.FullAssessmentOn);
        FullAssessmentLink = assessment?.FullAssessmentLink;
        ChallengeGroupReviewOn = DateInput.From(assessment?.ChallengeGroupReviewOn);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var assessment = new EqualityImpactAssessment
        {
            ScreeningOutcome = Enum.TryParse<ScreeningOutcome>(Outcome, out var outcome) && Enum.IsDefined(outcome) ? outcome : null,
            ScreenedOn = ScreenedOn.Read(ModelState, nameof(ScreenedOn), "The date of the screening"),
            ScreenedBy = ScreenedBy,
            FullAssessmentOn = FullAssessmentOn.Read(ModelState, nameof(FullAssessmentOn), "The date of the full assessment"),
            FullAssessmentLink = FullAssessmentLink,
            ChallengeGroupReviewOn = ChallengeGroupReviewOn.Read(ModelState, nameof(ChallengeGroupReviewOn), "The date of the review by the challenge group"),
        };
        return await Save(
            plan => plan with { EqualityImpactAssessment = assessment == new EqualityImpactAssessment() ? null : assessment }, "The equality impact assessment is saved.", cancellationToken);
    }
}
