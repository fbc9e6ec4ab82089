namespace Engagement.Engagements.Domain;

/// <summary>
/// What an engagement is for, whom it must reach and how: what reviewers review and an approver approves. A value: an edit
/// makes a new one. It is stored and sent in this shape. What must be there at all is for the readiness checks to say; an idea may be nearly empty.
/// </summary>
public record EngagementPlan
{
    public string Title { get; init; } = "";

    /// <summary>In plain language, for the public.</summary>
    public string Summary { get; init; } = "";

    public string? Purpose { get; init; }

    /// <summary>The decision that the engagement informs.</summary>
    public string? DecisionToInform { get; init; }

    /// <summary>What the public can influence.</summary>
    public string? WhatCanChange { get; init; }

    /// <summary>What is settled, and why.</summary>
    public string? WhatCannotChange { get; init; }

    public ParticipationLevel? Level { get; init; }

    public string Department { get; init; } = "";

    public LeadOfficer? LeadOfficer { get; init; }

    public EngagementOrigin Origin { get; init; }

    /// <summary>True where a law requires the council to consult.</summary>
    public bool Statutory { get; init; }

    /// <summary>Where the people live or work whom it affects; the whole county is an area too.</summary>
    public IReadOnlyList<Area> Areas { get; init; } = [];

    public IReadOnlyList<TargetGroup> TargetGroups { get; init; } = [];

    public IReadOnlyList<SuccessCriterion> SuccessCriteria { get; init; } = [];

    public IReadOnlyList<EngagementMethod> Methods { get; init; } = [];

    public InclusionPlan? InclusionPlan { get; init; }

    public IReadOnlyList<PublicityItem> PublicityPlan { get; init; } = [];

    public EqualityImpactAssessment? EqualityImpactAssessment { get; init; }

    public IReadOnlyList<GovernanceDate> GovernanceDates { get; init; } = [];

    /// <summary>When the council means to consult; the dates that bind belong to the consultation itself.</summary>
    public PlannedPeriod? ConsultationPeriod { get; init; }

    /// <summary>The plan for another engagement of the same kind: without what was true of this one alone.</summary>
    public EngagementPlan ForAnother(string title) => this with
    {
        Title = title,
        LeadOfficer = null,
        Origin = EngagementOrigin.Council,
        PublicityPlan = [.. PublicityPlan.Select(p => p with { From = null })],
        EqualityImpactAssessment = null,
        GovernanceDates = [],
        ConsultationPeriod = null,
    };

    /// <summary>The first UK date on which a body is to take the decision; null while none is set.</summary>
    public DateOnly? DecisionOn() => GovernanceDates.Where(d => d.IsDecision).Select(d => (DateOnly?)d.Date).Min();
}

/// <summary>How much of the decision is shared, from telling to handing over.</summary>
public enum ParticipationLevel
{
    Inform,
    Consult,
    Involve,
    Collaborate,
    Empower,
}

public enum EngagementOrigin
{
    Council,

    /// <summary>A resident's suggestion.</summary>
    Suggestion,
}

/// <summary>Who answers for the engagement, and where reminders go. Never written to the history.</summary>
public sealed record LeadOfficer
{
    public string Name { get; init; } = "";

    public string Email { get; init; } = "";
}

public sealed record Area
{
    public string Name { get; init; } = "";

    /// <summary>The code of the Office for National Statistics, such as <c>E07000132</c>; null for an area without one.</summary>
    public string? Code { get; init; }
}

/// <summary>People with a stake whom the engagement must reach.</summary>
public sealed record TargetGroup
{
    /// <summary>Chosen by the author; success criteria and methods name the group by it.</summary>
    public string Key { get; init; } = "";

    public string Name { get; init; } = "";

    public required Audience Audience { get; init; }

    /// <summary>Their share of the population concerned, in per cent: above 0, at most 100; null where it is not known.</summary>
    public decimal? PopulationSharePercent { get; init; }

    /// <summary>How many of them it is to reach, in people.</summary>
    public required int ReachAimedAt { get; init; }
}

public enum Audience
{
    Residents,
    ServiceUsers,
    Carers,
    Businesses,
    CommunityGroups,
    ParishCouncils,
    Partners,
    Staff,
    ElectedMembers,
}

/// <summary>A measurable aim set before anything starts, scored with a measured value at the end.</summary>
public sealed record SuccessCriterion
{
    public string Key { get; init; } = "";

    /// <summary>What is better afterwards.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Keys of the groups it is about.</summary>
    public IReadOnlyList<string> TargetGroups { get; init; } = [];

    /// <summary>What is counted and how, such as <c>completed responses from parents under 25</c>.</summary>
    public string Measure { get; init; } = "";

    public required decimal TargetValue { get; init; }

    /// <summary>Such as <c>responses</c> or <c>per cent</c>.</summary>
    public string Unit { get; init; } = "";

    public TargetDirection Direction { get; init; }

    public bool IsMetBy(decimal measured) => Direction == TargetDirection.AtLeast ? measured >= TargetValue : measured <= TargetValue;
}

public enum TargetDirection
{
    AtLeast,
    AtMost,
}

/// <summary>What people are offered, by print and by other ways, so that all of them can take part.</summary>
public sealed record InclusionPlan
{
    public IReadOnlyList<MaterialFormat> Formats { get; init; } = [];

    /// <summary>Such as <c>English</c>, <c>Gujarati</c>, <c>Polish</c>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Where people can take part or get help in person.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>What is known of the digital skills and access of the target groups, and what follows from it.</summary>
    public string? DigitalNeeds { get; init; }

    public bool OffersDigital => Formats.Any(IsDigital);

    public bool OffersOffline => Formats.Any(f => !IsDigital(f));

    private static bool IsDigital(MaterialFormat format) => format is MaterialFormat.Web or MaterialFormat.Email or MaterialFormat.Video;
}

public enum MaterialFormat
{
    Web,
    Email,
    Video,
    Print,
    LargePrint,
    EasyRead,
    Braille,
    Audio,
    BritishSignLanguage,
    Telephone,
}

public sealed record PublicityItem
{
    public required PublicityMedium Medium { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The UK date of the first appearance; null while it is not fixed.</summary>
    public DateOnly? From { get; init; }
}

public enum PublicityMedium
{
    Website,
    SocialMedia,
    Email,
    Newsletter,
    Press,
    Radio,
    Poster,
    Leaflet,
    Letter,
    SiteNotice,
    Meeting,
    PartnerOrganisation,
}

/// <summary>How the council met the public sector equality duty (Equality Act 2010 s.149) in planning this.</summary>
public sealed record EqualityImpactAssessment
{
    public ScreeningOutcome? ScreeningOutcome { get; init; }

    public DateOnly? ScreenedOn { get; init; }

    /// <summary>Who screened it. May be a person's name, so it is not written to the history.</summary>
    public string? ScreenedBy { get; init; }

    public DateOnly? FullAssessmentOn { get; init; }

    public string? FullAssessmentLink { get; init; }

    /// <summary>When the equalities challenge group reviews or reviewed it.</summary>
    public DateOnly? ChallengeGroupReviewOn { get; init; }
}

public enum ScreeningOutcome
{
    FullAssessmentNeeded,
    NoFullAssessmentNeeded,
}

public sealed record GovernanceDate
{
    public required GovernanceBody Body { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>What the body is asked to do on that day.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>True where the decision that the engagement informs is to be taken. Scrutiny advises and never decides.</summary>
    public bool IsDecision { get; init; }
}

public enum GovernanceBody
{
    Scrutiny,
    Cabinet,
    Other,
}

/// <summary>UK calendar dates, both counted in.</summary>
public sealed record PlannedPeriod
{
    public required DateOnly OpensOn { get; init; }

    public required DateOnly LastDay { get; init; }
}
