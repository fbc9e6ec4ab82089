using System.Text.Json;
using Engagement.Consultations.Contracts;

namespace Engagement.Consultations.Domain;

/// <summary>What officers write and change until the consultation is approved. Once it is approved, a change voids the approval.</summary>
public record ConsultationDetails
{
    /// <summary>
    /// Weeks after the last day by which the council promises to publish what it decided. The Consultation Principles
    /// (Cabinet Office, 2018) ask this of departments; no law asks it of councils.
    /// </summary>
    public const int DefaultOutcomeDueWeeks = 12;

    public required string Title { get; init; }

    /// <summary>In plain words, what the consultation is about.</summary>
    public required string Summary { get; init; }

    /// <summary>Why the council asks now: sufficient reasons at a formative stage (R v Brent LBC ex p Gunning (1985) 84 LGR 168).</summary>
    public string? WhyNow { get; init; }

    /// <summary>Who takes the decision and when, in plain words.</summary>
    public string? WhoDecides { get; init; }

    /// <summary>What follows the closing date, until people hear what was decided.</summary>
    public string? WhatHappensNext { get; init; }

    /// <summary>What is still open to influence, in plain words; empty takes what the plan of the engagement says.</summary>
    public string? WhatCanChange { get; init; }

    /// <summary>What has been decided already or cannot change, and why; empty takes what the plan of the engagement says.</summary>
    public string? WhatCannotChange { get; init; }

    /// <summary>That this is no referendum: how answers are weighed beside everything else that the decision rests on.</summary>
    public string? HowAnswersCount { get; init; }

    /// <summary>Ids of the regimes it rests on, such as <c>tro-permanent</c>; none means that good practice alone is the measure.</summary>
    public IReadOnlyList<string> Regimes { get; init; } = [];

    /// <summary>The dates that the regimes count from, by name, such as <c>published</c>; opening and closing are not among them.</summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Without a time: from the beginning of the day.</summary>
    public required UkMoment Opens { get; init; }

    /// <summary>Without a time, or at 23:59: to the end of the day. With another time: that minute is the first that is too late.</summary>
    public required UkMoment Closes { get; init; }

    public int OutcomeDueWeeks { get; init; } = DefaultOutcomeDueWeeks;

    /// <summary>Which themes the outcome must answer; by default every one.</summary>
    public AnswerThreshold AnswerThreshold { get; init; } = AnswerThreshold.EveryTheme;

    public EqualityAnswers EqualityAnswers { get; init; } = EqualityAnswers.Linked;

    public string? PrivacyNotice { get; init; }

    /// <summary>Whom to ask about personal data.</summary>
    public string? PrivacyContact { get; init; }

    /// <summary>How to respond without the web, such as where paper forms are.</summary>
    public string? OfflineRoute { get; init; }

    /// <summary>Whom to ask for large print, Easy Read, British Sign Language, another language.</summary>
    public string? AlternativeFormats { get; init; }

    /// <summary>The name of the paper that is the Easy Read version.</summary>
    public string? EasyReadDocument { get; init; }

    /// <summary>Why there is no Easy Read version; the approver reads it.</summary>
    public string? EasyReadWaiver { get; init; }

    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<string> Areas { get; init; } = [];

    public IReadOnlyList<string> Audiences { get; init; } = [];

    public IReadOnlyList<PublicEvent> Events { get; init; } = [];
}
