using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>One thing that must hold before a consultation can be put forward.</summary>
/// <param name="Rule">Stable, such as <c>consultation/privacyNotice</c>.</param>
/// <param name="Met">What holds where it does, as a sentence.</param>
/// <param name="Gap">What is missing; null where it is met.</param>
internal sealed record ReadinessCheck(string Rule, string Met, Breach? Gap);

/// <summary>What stands in the way of putting a consultation before an approver: the law first, then what people must be told.</summary>
internal static class Readiness
{
    private const string EasyReadCitation = "Equality Act 2010 s.20(6)";

    /// <summary>The dates as checks: one that holds, or each breach.</summary>
    public static IReadOnlyList<ReadinessCheck> ChecksOfDates(Timetable timetable) => OfDates(timetable) is { Count: > 0 } breaches
        ? [.. breaches.Select(b => new ReadinessCheck(b.Rule, "", b))]
        : [new ReadinessCheck("consultation/dates", "The dates meet the law.", null)];

    /// <summary>The dates against the law, a regime that cannot be judged included.</summary>
    public static IReadOnlyList<Breach> OfDates(Timetable timetable) =>
    [
        .. timetable.Breaches.Select(f => f.ToBreach()),
        .. from version in timetable.Versions
           let check = version.Regime.Check
           where check is not null && !timetable.Steps.Any(s => s.Regime.Id == version.Regime.Id && s.Key == check.Minimum)
           select new Breach(
               $"{version.Regime.Id}/{check.Minimum}",
               $"{version.Regime.Name}: the earliest closing date cannot be worked out, because a date it counts from is missing. Give it under inputs: {string.Join(", ", version.Regime.Inputs.Where(i => i.Name != TimetableInputs.Closes).Select(i => $"{i.Name} ({i.Label})"))}.",
               version.Regime.LegalBasis[0]),
    ];

    /// <summary>What people need to be told before they can give an informed answer, and to whom they turn.</summary>
    public static IEnumerable<Breach> OfContent(ConsultationContent content) => ChecksOfContent(content).Select(c => c.Gap).OfType<Breach>();

    public static IReadOnlyList<ReadinessCheck> ChecksOfContent(ConsultationContent content) =>
    [
        Check("whyNow", content.WhyNow, "It says why the council asks now.", "Say why the council asks now and what is not settled yet.", "R v Brent LBC ex p Gunning (1985) 84 LGR 168: sufficient reasons, at a formative stage"),
        Check("whoDecides", content.WhoDecides, "It says who decides and when.", "Say who takes the decision and when.", "R v Brent LBC ex p Gunning (1985) 84 LGR 168: conscientious consideration"),
        Check("whatHappensNext", content.WhatHappensNext, "It says what happens after the closing date.", "Say what happens after the closing date, until people hear what was decided.", "R v Brent LBC ex p Gunning (1985) 84 LGR 168: conscientious consideration"),
        Check("whatCanChange", content.WhatCanChange, "It says what is open to influence.", "Say what people can still influence.", "R v Brent LBC ex p Gunning (1985) 84 LGR 168: at a formative stage"),
        Check("whatCannotChange", content.WhatCannotChange, "It says what is decided already.", "Say what has been decided already or cannot change, and why; if nothing has, say that.", "R (Stephenson) v SSHCLG [2019] EWHC 519 (Admin): what is asked must match what is really open"),
        Check("howAnswersCount", content.HowAnswersCount, "It says that this is no referendum, and how answers count.", "Say that this is no referendum, and how answers are weighed.", "R v Brent LBC ex p Gunning (1985) 84 LGR 168: conscientious consideration"),
        Check("privacyNotice", content.PrivacyNotice, "It has a privacy notice.", "Write the privacy notice; it says how equality answers are kept.", "UK GDPR art 13"),
        Check("privacyContact", content.PrivacyContact, "It names a contact for questions about personal data.", "Name the contact for questions about personal data.", "UK GDPR art 13(1)(a) and (b)"),
        Check("offlineRoute", content.OfflineRoute, "It says how people can respond without the web.", "Say how people can respond without the web.", null),
        Check("alternativeFormats", content.AlternativeFormats, "It names a contact for other formats and languages.", "Name the contact for other formats and languages.", "Equality Act 2010 s.20(6)"),
    ];

    /// <summary>An Easy Read version among the papers, or the reason why there is none.</summary>
    public static ReadinessCheck CheckOfEasyRead(ConsultationContent content, IEnumerable<ConsultationDocument> documents)
    {
        if (content.EasyReadDocument is { } name)
        {
            var shown = documents.Any(d => d.Name == name && d.RetiredAt is null);
            return Check("easyReadDocument", shown ? name : null, "It has an Easy Read version.", $"The Easy Read version, {name}, is not among the documents. Add it, or name the one that is.", EasyReadCitation);
        }

        return Check("easyRead", content.EasyReadWaiver, "It says why there is no Easy Read version.", "Add an Easy Read version to the documents and name it as the Easy Read version, or say why there is none.", EasyReadCitation);
    }

    private static ReadinessCheck Check(string field, string? text, string met, string missing, string? citation) =>
        new($"consultation/{field}", met, text is null ? new Breach($"consultation/{field}", missing, citation) : null);
}
