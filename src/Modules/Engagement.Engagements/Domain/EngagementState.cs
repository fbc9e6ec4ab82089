namespace Engagement.Engagements.Domain;

/// <summary>How far an engagement has come. The order is the order of the work; <see cref="Cancelled"/> ends it before the loop is closed.</summary>
public enum EngagementState
{
    /// <summary>Somebody thought of it; nobody is responsible for it yet.</summary>
    Idea,

    /// <summary>It has a lead officer who writes the plan.</summary>
    Planning,

    /// <summary>Submitted: policy, equalities, communications and, for statutory exercises, legal read it.</summary>
    InReview,

    /// <summary>A second person approved this version of the plan.</summary>
    Approved,

    /// <summary>A consultation of it is open, or an inform-only engagement has reached somebody.</summary>
    Live,

    /// <summary>Every consultation of it has closed.</summary>
    Analysing,

    /// <summary>Every consultation of it is coded.</summary>
    AwaitingDecision,

    /// <summary>Every consultation of it has a published outcome: the loop is closed.</summary>
    FedBack,

    /// <summary>Every success criterion has a measured value and the lessons are written down.</summary>
    Evaluated,

    Cancelled,
}
