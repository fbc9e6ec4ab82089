using System.Globalization;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Assurance;

/// <summary>Something that the system itself knows and offers as evidence: with its figure, as it is now.</summary>
internal sealed record KnownFact(string Practice, string Text);

/// <summary>What the system knows for each principle and practice. It says what is; whether that suffices is judged by people.</summary>
internal static class KnownFacts
{
    public static IReadOnlyList<KnownFact> Of(Consultation c, Timetable timetable, DateTimeOffset now)
    {
        var papers = c.Documents.Count(d => d.RetiredAt is null);
        var days = c.Period.LastDay.DayNumber - c.Period.OpensOn.DayNumber + 1;
        List<KnownFact> facts = [];

        Add(Practice.FormativeStage, c.Content.WhatCanChange is not null, "The public page says what is open to influence.");
        Add(Practice.FormativeStage, c.Decision is null, "No decision is recorded.");
        Add(Practice.FormativeStage, c.Decision is { }, $"The decision is dated {Spell(c.Decision?.DecidedOn)}; people could answer until {UkTime.SpellDeadline(c.Period.ClosesAt)}.");
        Add(Practice.SufficientReasons, c.Content.WhyNow is not null, "The public page gives the reasons.");
        Add(Practice.SufficientReasons, true, papers == 0 ? "No documents stand beside it." : $"{Count(papers, "document")} can be read beside it.");
        Add(Practice.AdequateTime, true, $"People have {Count(days, "day")} to answer, first and last day counted in.");
        Add(Practice.AdequateTime, true, !timetable.Breaches.Any() ? "The timetable breaks no rule of law." : $"The timetable breaks {Count(timetable.Breaches.Count(), "rule")} of law.");
        Add(Practice.AdequateTime, timetable.Risks.Any(), $"{Count(timetable.Risks.Count(), "risk")} of the timetable needed a reason.");
        Add(Practice.AdequateTime, c.Extensions.Count > 0, $"The deadline was moved later {(c.Extensions.Count == 1 ? "once" : $"{c.Extensions.Count} times")}.");
        Add(Practice.ConscientiousConsideration, c.Content.WhoDecides is not null, "The public page says who decides and when.");
        Add(Practice.ConscientiousConsideration, HasBeenCoded(c), $"Every free text of the {Count(c.ResponseCount ?? 0, "response")} was read and grouped.");

        Add(Practice.Integrity, c.Content.WhatCanChange is not null && c.Content.WhatCannotChange is not null, "The public page says what is open and what is decided already.");
        Add(Practice.Integrity, c.Content.HowAnswersCount is not null, "The public page says that this is no referendum, and how answers count.");
        Add(Practice.Visibility, c.Content.Audiences.Count > 0, $"It names whom it concerns most: {string.Join(", ", c.Content.Audiences)}.");
        Add(Practice.Visibility, c.Content.Events.Count > 0, $"{Count(c.Content.Events.Count, "event")} stand on the public page.");
        Add(Practice.Visibility, c.ResponseCount is not null, $"{Count(c.ResponseCount ?? 0, "response")} came in time.");
        Add(Practice.Accessibility, c.Content.OfflineRoute is not null, "People can respond without the web.");
        Add(Practice.Accessibility, c.Content.AlternativeFormats is not null, "The public page names whom to ask for other formats and languages.");
        Add(Practice.Accessibility, c.Content.EasyReadDocument is not null, "There is an Easy Read version.");
        Add(Practice.Accessibility, c.Content.EasyReadWaiver is not null, $"There is no Easy Read version, because: {c.Content.EasyReadWaiver}");
        Add(Practice.Transparency, c.Content.WhatHappensNext is not null, "The public page says what happens after the closing date.");
        Add(Practice.Transparency, c.ResponseDigest is not null, $"The set of responses is sealed under the digest {c.ResponseDigest}.");
        Add(Practice.Disclosure, c.Content.WhatCannotChange is not null, "The public page says what is decided already, and why.");
        Add(Practice.Disclosure, c.Content.PrivacyNotice is not null, "The privacy notice says how answers are used.");
        Add(Practice.FairInterpretation, true, c.Content.AnswerThreshold == AnswerThreshold.EveryTheme ? "The outcome must answer every theme that was raised." : "The outcome must answer every theme above a threshold that was set before opening.");
        Add(Practice.FairInterpretation, HasBeenCoded(c), $"Every free text of the {Count(c.ResponseCount ?? 0, "response")} was read and grouped.");
        Add(Practice.Publication, c.AnsweredAt is null, $"The outcome is promised by {UkTime.Spell(c.OutcomeDueOn)}{(c.IsOutcomeLate(now) ? ", and is late" : "")}.");
        Add(Practice.Publication, c.AnsweredAt is not null, $"The outcome was published on {Spell(c.AnsweredAt is { } at ? UkTime.DateOf(at) : null)}; it was promised by {UkTime.Spell(c.OutcomeDueOn)}.");
        return facts;

        void Add(string practice, bool holds, string text)
        {
            if (holds)
            {
                facts.Add(new KnownFact(practice, text));
            }
        }
    }

    private static bool HasBeenCoded(Consultation c) => c.Status is ConsultationStatus.UnderConsideration or ConsultationStatus.Decided;

    private static string Spell(DateOnly? date) => date is { } day ? UkTime.Spell(day) : "";

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
