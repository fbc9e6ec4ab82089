using System.Text.Json;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;

namespace Engagement.TestKit.Consultations;

/// <summary>A consultation of eight weeks that needs nothing more to be scheduled on the test clock's day.</summary>
public static class SampleConsultation
{
    public static readonly DateOnly OpensOn = new(2027, 1, 11);
    public static readonly DateOnly LastDay = new(2027, 3, 7);

    /// <summary>The first instant that is too late.</summary>
    public static readonly DateTimeOffset ClosesAt = new(2027, 3, 8, 0, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset OpensAt = new(2027, 1, 11, 0, 0, 0, TimeSpan.Zero);

    public static ConsultationDetails Details => new()
    {
        Title = "The future of mobile libraries",
        Summary = "We want to hear how you use the mobile library before we decide where it stops.",
        WhyNow = "The contract ends in September 2027 and nothing is settled yet.",
        WhoDecides = "The Cabinet, on 18 May 2027.",
        WhatHappensNext = "We read every answer and publish what was decided, and why.",
        WhatCanChange = "Where the mobile library stops, and when.",
        WhatCannotChange = "The budget: the Council set it in February 2027.",
        HowAnswersCount = "This is not a referendum. We weigh what you tell us and why, together with the cost.",
        Opens = new UkMoment(OpensOn),
        Closes = new UkMoment(LastDay),
        PrivacyNotice = "We keep your answers for six years. Equality answers are analysed by group, with small numbers left out.",
        PrivacyContact = "data.protection@council.example",
        OfflineRoute = "Paper forms are at every stop of the mobile library and at all libraries.",
        AlternativeFormats = "accessible@council.example or 0116 000 0000",
        EasyReadWaiver = "The mobile library's staff read the questions to everybody who asks.",
        Topics = ["Libraries"],
        Areas = ["Harborough", "Melton"],
        Audiences = ["Residents"],
    };

    /// <summary>Every principle and practice judged as met.</summary>
    public static IReadOnlyList<PracticeJudgement> AllMet =>
    [
        .. new[]
        {
            "formative-stage", "sufficient-reasons", "adequate-time", "conscientious-consideration",
            "integrity", "visibility", "accessibility", "transparency", "disclosure", "fair-interpretation", "publication",
        }.Select(p => new PracticeJudgement(p, AssuranceStatus.Met)),
    ];

    /// <summary>A traffic regulation order: 21 days beginning with the day of publication are the law's minimum.</summary>
    public static ConsultationDetails TrafficOrder(DateOnly published, DateOnly closes) => Details with
    {
        Title = "Waiting restrictions in High Street",
        Regimes = ["tro-permanent"],
        Inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["published"] = JsonSerializer.SerializeToElement(published) },
        Opens = new UkMoment(published),
        Closes = new UkMoment(closes),
    };
}
