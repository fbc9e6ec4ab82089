using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>
/// The facts of a consultation that another module decides by, as they are now. Participation asks before it refuses a
/// response, so that an extension which is still under way harms nobody. Null when there is none.
/// </summary>
[InternalRequest]
public sealed record FindConsultation(ConsultationId Id) : IQuery<ConsultationFacts?>;

/// <summary>The same, by the last part of the public address; null as well while the public may not know of it.</summary>
[InternalRequest]
public sealed record FindPublicConsultation(string Slug) : IQuery<ConsultationFacts?>;

/// <param name="QuestionnaireVersion">The approved version; null while nothing is approved.</param>
/// <param name="OpensAt">The first instant at which a response is accepted.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
public sealed record ConsultationFacts(
    ConsultationId Id,
    EngagementId EngagementId,
    string Slug,
    string Title,
    ConsultationStatus Status,
    int? QuestionnaireVersion,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    EqualityAnswers EqualityAnswers)
{
    /// <summary>How people respond without the web, in the words of its page; null where it does not say.</summary>
    public string? OfflineRoute { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>The round that this one repeats; null for a first one.</summary>
    public ConsultationId? RestartOf { get; init; }

    /// <summary>What is different from that round, in words for the public.</summary>
    public string? WhatChanged { get; init; }

    /// <summary>Scheduled, open, or past: somebody approved it and it was not withdrawn before it opened.</summary>
    public bool IsApproved => QuestionnaireVersion is not null;
}

public enum ConsultationStatus
{
    Draft,
    AwaitingApproval,
    Scheduled,
    Open,
    Closing,
    Closed,
    UnderConsideration,
    Decided,
    Withdrawn,
}

/// <summary>How equality answers are kept; fixed before opening and said in the privacy notice.</summary>
public enum EqualityAnswers
{
    /// <summary>With the response's id, for analysis by group with small numbers suppressed.</summary>
    Linked,

    /// <summary>Under a random id keyed by the receipt's secret: no officer can link them to a response.</summary>
    Separate,
}
