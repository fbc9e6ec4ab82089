using Engagement.Engagements.Domain;
using FluentValidation;

namespace Engagement.Engagements.Application;

/// <summary>The shape of a plan. Whether it is complete is for the readiness checks: an idea may be nearly empty.</summary>
internal sealed class PlanValidator : AbstractValidator<EngagementPlan>
{
    public PlanValidator()
    {
        RuleFor(p => p.Title).RequiredText("The title", 200, "Enter a title");
        RuleFor(p => p.Summary).RequiredText("The summary", 2000, "Enter a summary in plain language");
        RuleFor(p => p.Purpose).Text("The purpose", 4000);
        RuleFor(p => p.DecisionToInform).Text("The decision to inform", 4000);
        RuleFor(p => p.WhatCanChange).Text("What can change", 4000);
        RuleFor(p => p.WhatCannotChange).Text("What cannot change", 4000);
        RuleFor(p => p.Level).IsInEnum();
        RuleFor(p => p.Origin).IsInEnum();
        RuleFor(p => p.Department).RequiredText("The department", 100, "Enter the department");
        RuleFor(p => p.LeadOfficer!).SetValidator(new LeadOfficerValidator()).When(p => p.LeadOfficer is not null);
        RuleFor(p => p.Areas).AtMost(500, "areas");
        RuleForEach(p => p.Areas).SetValidator(new AreaValidator());
        RuleFor(p => p.TargetGroups).AtMost(50, "target groups")
            .Must(groups => AreDistinct(groups.Select(g => g.Key))).WithMessage("Give each target group a key of its own");
        RuleForEach(p => p.TargetGroups).SetValidator(new TargetGroupValidator());
        RuleFor(p => p.SuccessCriteria).AtMost(100, "success criteria")
            .Must(criteria => AreDistinct(criteria.Select(c => c.Key))).WithMessage("Give each success criterion a key of its own");
        RuleForEach(p => p.SuccessCriteria).SetValidator(new SuccessCriterionValidator());
        RuleForEach(p => p.SuccessCriteria)
            .Must((plan, criterion) => AreGroupsOf(plan, criterion.TargetGroups)).WithMessage("Name target groups by the keys they have in this plan");
        RuleFor(p => p.Methods).AtMost(50, "methods");
        RuleForEach(p => p.Methods).SetValidator(new MethodValidator());
        RuleForEach(p => p.Methods)
            .Must((plan, method) => AreGroupsOf(plan, method.TargetGroups)).WithMessage("Name target groups by the keys they have in this plan");
        RuleFor(p => p.InclusionPlan!).SetValidator(new InclusionPlanValidator()).When(p => p.InclusionPlan is not null);
        RuleFor(p => p.PublicityPlan).AtMost(100, "pieces of publicity");
        RuleForEach(p => p.PublicityPlan).SetValidator(new PublicityItemValidator());
        RuleFor(p => p.EqualityImpactAssessment!).SetValidator(new EqualityImpactAssessmentValidator()).When(p => p.EqualityImpactAssessment is not null);
        RuleFor(p => p.GovernanceDates).AtMost(50, "governance dates");
        RuleForEach(p => p.GovernanceDates).SetValidator(new GovernanceDateValidator());
        RuleFor(p => p.ConsultationPeriod)
            .Must(period => period is null || period.LastDay >= period.OpensOn).WithMessage("The last day must be on or after the opening day");
    }

    private static bool AreDistinct(IEnumerable<string> keys)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return keys.All(seen.Add);
    }

    private static bool AreGroupsOf(EngagementPlan plan, IReadOnlyList<string> keys) => keys.All(k => plan.TargetGroups.Any(g => g.Key == k));
}

internal sealed class LeadOfficerValidator : AbstractValidator<LeadOfficer>
{
    public LeadOfficerValidator()
    {
        RuleFor(o => o.Name).RequiredText("The lead officer's name", 200, "Enter the lead officer's name");
        RuleFor(o => o.Email)
            .NotEmpty().WithMessage("Enter the lead officer's e-mail address")
            .Matches(@"^[^@\s\p{C}<>""(),:;\[\]\\]+@[^@\s\p{C}<>""(),:;\[\]\\]+\.[^@\s\p{C}<>""(),:;\[\]\\.]+$")
            .WithMessage("Enter an e-mail address in the form name@council.gov.uk")
            .MaximumLength(254).WithMessage("The e-mail address must be 254 characters or fewer");
    }
}

internal sealed class AreaValidator : AbstractValidator<Area>
{
    public AreaValidator()
    {
        RuleFor(a => a.Name).RequiredText("The area's name", 200, "Enter the area's name");
        RuleFor(a => a.Code)
            .Matches("^[A-Z][0-9]{8}$").WithMessage("The area's code must be a letter and 8 digits, such as E07000132");
    }
}

internal sealed class TargetGroupValidator : AbstractValidator<TargetGroup>
{
    public TargetGroupValidator()
    {
        RuleFor(g => g.Key).Key();
        RuleFor(g => g.Name).RequiredText("The target group's name", 200, "Enter the target group's name");
        RuleFor(g => g.Audience).IsInEnum();
        RuleFor(g => g.PopulationSharePercent)
            .Must(share => share is null or (> 0 and <= 100)).WithMessage("The population share must be more than 0 and at most 100 per cent");
        RuleFor(g => g.ReachAimedAt).InclusiveBetween(1, 10_000_000).WithMessage("The reach aimed at must be from 1 to 10,000,000 people");
    }
}

internal sealed class SuccessCriterionValidator : AbstractValidator<SuccessCriterion>
{
    /// <summary>Beyond this a figure is a slip of the finger; it keeps arithmetic within <c>decimal</c>.</summary>
    public const decimal LargestValue = 1_000_000_000_000m;

    public SuccessCriterionValidator()
    {
        RuleFor(c => c.Key).Key();
        RuleFor(c => c.Outcome).RequiredText("The outcome", 1000, "Enter the outcome that the criterion is about");
        RuleFor(c => c.TargetGroups)
            .Must(groups => groups.Count > 0).WithMessage("Name at least one target group by its key")
            .AtMost(50, "target groups")
            .DistinctKeys();
        RuleFor(c => c.Measure).RequiredText("The measure", 500, "Enter what is measured");
        RuleFor(c => c.TargetValue).InclusiveBetween(-LargestValue, LargestValue).WithMessage("The target value is too large");
        RuleFor(c => c.Unit).RequiredText("The unit", 50, "Enter the unit of the measure, such as responses");
        RuleFor(c => c.Direction).IsInEnum();
    }
}

internal sealed class MethodValidator : AbstractValidator<EngagementMethod>
{
    public MethodValidator()
    {
        RuleFor(m => m.Type).IsInEnum();
        RuleFor(m => m.Approach).IsInEnum();
        RuleFor(m => m.TargetGroups).AtMost(50, "target groups").DistinctKeys();
        RuleFor(m => m.Description).Text("The description", 1000);
    }
}

internal sealed class InclusionPlanValidator : AbstractValidator<InclusionPlan>
{
    public InclusionPlanValidator()
    {
        RuleFor(i => i.Formats).AtMost(20, "formats");
        RuleForEach(i => i.Formats).IsInEnum();
        RuleFor(i => i.Languages).AtMost(50, "languages");
        RuleForEach(i => i.Languages).RequiredText("The language", 100, "Enter the language");
        RuleFor(i => i.Places).AtMost(200, "places");
        RuleForEach(i => i.Places).RequiredText("The place", 200, "Enter the place");
        RuleFor(i => i.DigitalNeeds).Text("The digital needs", 4000);
    }
}

internal sealed class PublicityItemValidator : AbstractValidator<PublicityItem>
{
    public PublicityItemValidator()
    {
        RuleFor(p => p.Medium).IsInEnum();
        RuleFor(p => p.Description).RequiredText("The description", 1000, "Enter what is published, and where");
    }
}

internal sealed class EqualityImpactAssessmentValidator : AbstractValidator<EqualityImpactAssessment>
{
    public EqualityImpactAssessmentValidator()
    {
        RuleFor(e => e.ScreeningOutcome).IsInEnum();
        RuleFor(e => e.ScreenedBy).Text("Who screened it", 200);
        RuleFor(e => e.FullAssessmentLink)
            .MaximumLength(2000).WithMessage("The link must be 2000 characters or fewer")
            .Must(link => link is null || (Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            .WithMessage("Enter the whole address of the full assessment, beginning with https://");
    }
}

internal sealed class GovernanceDateValidator : AbstractValidator<GovernanceDate>
{
    public GovernanceDateValidator()
    {
        RuleFor(d => d.Body).IsInEnum();
        RuleFor(d => d.Purpose).RequiredText("The purpose", 500, "Enter what the body is asked to do");
        RuleFor(d => d.IsDecision)
            .Must((date, isDecision) => !isDecision || date.Body != GovernanceBody.Scrutiny)
            .WithMessage("Scrutiny advises and does not decide: mark the date of the body that takes the decision");
    }
}
