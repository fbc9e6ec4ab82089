using System.Text.Json;
using Engagement.Consultations.Contracts;

namespace Engagement.Consultations.Domain;

/// <summary>What officers wrote, its dates apart.</summary>
internal sealed record ConsultationContent
{
    public string Title { get; private init; } = "";

    public string Summary { get; private init; } = "";

    public string? WhyNow { get; private init; }

    public string? WhoDecides { get; private init; }

    public string? WhatHappensNext { get; private init; }

    public string? WhatCanChange { get; private init; }

    public string? WhatCannotChange { get; private init; }

    public string? HowAnswersCount { get; private init; }

    public IReadOnlyList<string> Regimes { get; private init; } = [];

    public IReadOnlyDictionary<string, JsonElement> Inputs { get; private init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Whole weeks from the last day for responses.</summary>
    public int OutcomeDueWeeks { get; private init; }

    public int? ThresholdResponses { get; private init; }

    public decimal? ThresholdShare { get; private init; }

    public EqualityAnswers EqualityAnswers { get; private init; }

    public string? PrivacyNotice { get; private init; }

    public string? PrivacyContact { get; private init; }

    public string? OfflineRoute { get; private init; }

    public string? AlternativeFormats { get; private init; }

    public string? EasyReadDocument { get; private init; }

    public string? EasyReadWaiver { get; private init; }

    public IReadOnlyList<string> Topics { get; private init; } = [];

    public IReadOnlyList<string> Areas { get; private init; } = [];

    public IReadOnlyList<string> Audiences { get; private init; } = [];

    public IReadOnlyList<PublicEvent> Events { get; private init; } = [];

    public AnswerThreshold AnswerThreshold => new(ThresholdResponses, ThresholdShare);

    public static ConsultationContent Of(ConsultationDetails details) => new()
    {
        Title = details.Title.Trim(),
        Summary = details.Summary.Trim(),
        WhyNow = Trimmed(details.WhyNow),
        WhoDecides = Trimmed(details.WhoDecides),
        WhatHappensNext = Trimmed(details.WhatHappensNext),
        WhatCanChange = Trimmed(details.WhatCanChange),
        WhatCannotChange = Trimmed(details.WhatCannotChange),
        HowAnswersCount = Trimmed(details.HowAnswersCount),
        Regimes = [.. details.Regimes],
        Inputs = details.Inputs,
        OutcomeDueWeeks = details.OutcomeDueWeeks,
        ThresholdResponses = details.AnswerThreshold.Responses,
        ThresholdShare = details.AnswerThreshold.Share,
        EqualityAnswers = details.EqualityAnswers,
        PrivacyNotice = Trimmed(details.PrivacyNotice),
        PrivacyContact = Trimmed(details.PrivacyContact),
        OfflineRoute = Trimmed(details.OfflineRoute),
        AlternativeFormats = Trimmed(details.AlternativeFormats),
        EasyReadDocument = Trimmed(details.EasyReadDocument),
        EasyReadWaiver = Trimmed(details.EasyReadWaiver),
        Topics = [.. details.Topics],
        Areas = [.. details.Areas],
        Audiences = [.. details.Audiences],
        Events = [.. details.Events.Select(e => e with { Title = e.Title.Trim(), Where = e.Where.Trim(), HowToBook = Trimmed(e.HowToBook), Access = Trimmed(e.Access) })],
    };

    public ConsultationDetails With(ConsultationPeriod period) => new()
    {
        Title = Title,
        Summary = Summary,
        WhyNow = WhyNow,
        WhoDecides = WhoDecides,
        WhatHappensNext = WhatHappensNext,
        WhatCanChange = WhatCanChange,
        WhatCannotChange = WhatCannotChange,
        HowAnswersCount = HowAnswersCount,
        Regimes = Regimes,
        Inputs = Inputs,
        Opens = period.Opens,
        Closes = period.Closes,
        OutcomeDueWeeks = OutcomeDueWeeks,
        AnswerThreshold = AnswerThreshold,
        EqualityAnswers = EqualityAnswers,
        PrivacyNotice = PrivacyNotice,
        PrivacyContact = PrivacyContact,
        OfflineRoute = OfflineRoute,
        AlternativeFormats = AlternativeFormats,
        EasyReadDocument = EasyReadDocument,
        EasyReadWaiver = EasyReadWaiver,
        Topics = Topics,
        Areas = Areas,
        Audiences = Audiences,
        Events = Events,
    };

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
