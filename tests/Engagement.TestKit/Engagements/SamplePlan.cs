using Engagement.Engagements.Domain;

namespace Engagement.TestKit.Engagements;

/// <summary>A plan of a statutory consultation that passes every check of the gate but the reviews, on the test clock's day.</summary>
public static class SamplePlan
{
    public static readonly DateOnly OpensOn = new(2027, 1, 11);
    public static readonly DateOnly LastDay = new(2027, 3, 7);
    public static readonly DateOnly DecisionOn = new(2027, 5, 18);

    public static EngagementPlan Complete => new()
    {
        Title = "The future of mobile libraries",
        Summary = "We want to hear how you use the mobile library before we decide where it stops.",
        Purpose = "To learn what the mobile library means to the people who use it.",
        DecisionToInform = "Which stops the mobile library makes from September 2027.",
        WhatCanChange = "The stops, the days and the length of each visit.",
        WhatCannotChange = "The budget of 2027, which the council has set.",
        Level = ParticipationLevel.Involve,
        Department = "Adults and Communities",
        LeadOfficer = new LeadOfficer { Name = "Lindiwe Marsh", Email = "lindiwe.marsh@council.example" },
        Statutory = true,
        Areas = [new Area { Name = "Harborough", Code = "E07000131" }, new Area { Name = "Melton", Code = "E07000133" }],
        TargetGroups =
        [
            new TargetGroup { Key = "users", Name = "Users of the mobile library", Audience = Audience.ServiceUsers, ReachAimedAt = 900 },
            new TargetGroup { Key = "over-75", Name = "People over 75", Audience = Audience.Residents, PopulationSharePercent = 10.4m, ReachAimedAt = 300 },
        ],
        SuccessCriteria =
        [
            new SuccessCriterion
            {
                Key = "heard", Outcome = "Users are heard", TargetGroups = ["users"], Measure = "Completed responses of users", TargetValue = 400, Unit = "responses",
            },
            new SuccessCriterion
            {
                Key = "no-help-refused", Outcome = "Nobody is left out for want of help", TargetGroups = ["over-75", "users"],
                Measure = "Requests for help that were not met", TargetValue = 5, Unit = "requests", Direction = TargetDirection.AtMost,
            },
        ],
        Methods =
        [
            new EngagementMethod { Type = MethodType.Survey, Approach = MethodApproach.Quantitative },
            new EngagementMethod { Type = MethodType.FocusGroup, Approach = MethodApproach.Qualitative, TargetGroups = ["over-75"] },
        ],
        InclusionPlan = new InclusionPlan
        {
            Formats = [MaterialFormat.Web, MaterialFormat.Print, MaterialFormat.EasyRead],
            Languages = ["English", "Polish"],
            Places = ["Each stop of the mobile library", "Melton Mowbray library"],
            DigitalNeeds = "A third of the users have no internet at home: paper at each stop, and staff who help.",
        },
        PublicityPlan =
        [
            new PublicityItem { Medium = PublicityMedium.Poster, Description = "At each stop", From = OpensOn },
            new PublicityItem { Medium = PublicityMedium.Website, Description = "The consultation's page", From = OpensOn },
        ],
        EqualityImpactAssessment = new EqualityImpactAssessment
        {
            ScreeningOutcome = ScreeningOutcome.FullAssessmentNeeded,
            ScreenedOn = new DateOnly(2026, 11, 2),
            ScreenedBy = "Marta Quill",
            FullAssessmentOn = new DateOnly(2027, 4, 12),
            ChallengeGroupReviewOn = new DateOnly(2026, 12, 9),
        },
        GovernanceDates =
        [
            new GovernanceDate { Body = GovernanceBody.Cabinet, Date = new DateOnly(2026, 12, 15), Purpose = "Agree to consult" },
            new GovernanceDate { Body = GovernanceBody.Scrutiny, Date = new DateOnly(2027, 4, 20), Purpose = "Comment on the findings" },
            new GovernanceDate { Body = GovernanceBody.Cabinet, Date = DecisionOn, Purpose = "Decide the stops", IsDecision = true },
        ],
        ConsultationPeriod = new PlannedPeriod { OpensOn = OpensOn, LastDay = LastDay },
    };

    /// <summary>The same people told and not asked: nothing to decide, no consultation.</summary>
    public static EngagementPlan InformOnly => Complete with
    {
        Title = "How the mobile library changes",
        Level = ParticipationLevel.Inform,
        Statutory = false,
        DecisionToInform = null,
        WhatCanChange = null,
        WhatCannotChange = null,
        GovernanceDates = [],
        ConsultationPeriod = null,
        Methods = [new EngagementMethod { Type = MethodType.Information, Approach = MethodApproach.Qualitative }],
    };
}
