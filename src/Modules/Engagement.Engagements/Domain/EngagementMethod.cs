namespace Engagement.Engagements.Domain;

/// <summary>One way in which people are told or asked.</summary>
public sealed record EngagementMethod
{
    public required MethodType Type { get; init; }

    public required MethodApproach Approach { get; init; }

    /// <summary>Keys of the groups it is for; empty where it is for all of them.</summary>
    public IReadOnlyList<string> TargetGroups { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>
    /// A method fits a level when people can have as much say by it: a survey lets people be consulted, it does not let
    /// them share in writing the proposal. A method of a higher level fits the lower ones too.
    /// </summary>
    public bool Fits(ParticipationLevel level) => HighestLevel(Type) >= level;

    /// <summary>The most that this product takes each method to carry; the council may waive the check where it does better.</summary>
    public static ParticipationLevel HighestLevel(MethodType type) => type switch
    {
        MethodType.Information => ParticipationLevel.Inform,
        MethodType.Survey or MethodType.Letter or MethodType.PublicMeeting or MethodType.Exhibition or MethodType.SocialMedia => ParticipationLevel.Consult,
        MethodType.FocusGroup or MethodType.Interview or MethodType.DropIn or MethodType.VideoOrDiary => ParticipationLevel.Involve,
        MethodType.Workshop or MethodType.UserForum or MethodType.CoDesign => ParticipationLevel.Collaborate,
        MethodType.DeliberativePanel or MethodType.ParticipatoryBudget or MethodType.CommunityVote => ParticipationLevel.Empower,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This method has no level yet."),
    };
}

public enum MethodType
{
    /// <summary>Telling without asking: a web page, a leaflet, a newsletter.</summary>
    Information,
    Survey,
    Letter,
    PublicMeeting,
    Exhibition,
    SocialMedia,
    FocusGroup,
    Interview,
    DropIn,
    VideoOrDiary,
    Workshop,
    UserForum,
    CoDesign,
    DeliberativePanel,
    ParticipatoryBudget,
    CommunityVote,
}

public enum MethodApproach
{
    /// <summary>Shows what people think.</summary>
    Quantitative,

    /// <summary>Shows why they think it.</summary>
    Qualitative,
}
