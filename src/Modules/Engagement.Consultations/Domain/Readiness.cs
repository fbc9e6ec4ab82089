using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>What stands in the way of putting a consultation before an approver: the law first, then what people must be told.</summary>
internal static class Readiness
{
    private const string EasyReadCitation = "Equality Act 2010 s.20(6)";

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
    public static IEnumerable<Breach> OfContent(ConsultationContent content)
    {
        if (content.WhyNow is null)
        {
            yield return Missing("whyNow", "Say why the council asks now and what is not settled yet.", "R v Brent LBC ex p Gunning (1985) 84 LGR 168: sufficient reasons, at a formative stage");
        }

        if (content.WhoDecides is null)
        {
            yield return Missing("whoDecides", "Say who takes the decision and when.", "R v Brent LBC ex p Gunning (1985) 84 LGR 168: conscientious consideration");
        }

        if (content.WhatHappensNext is null)
        {
            yield return Missing("whatHappensNext", "Say what happens after the closing date, until people hear what was decided.", "R v Brent LBC ex p Gunning (1985) 84 LGR 168: conscientious consideration");
        }

        if (content.PrivacyNotice is null)
        {
            yield return Missing("privacyNotice", "Write the privacy notice; it says how equality answers are kept.", "UK GDPR art 13");
        }

        if (content.PrivacyContact is null)
        {
            yield return Missing("privacyContact", "Name the contact for questions about personal data.", "UK GDPR art 13(1)(a) and (b)");
        }

        if (content.OfflineRoute is null)
        {
            yield return Missing("offlineRoute", "Say how people can respond without the web.", null);
        }

        if (content.AlternativeFormats is null)
        {
            yield return Missing("alternativeFormats", "Name the contact for other formats and languages.", "Equality Act 2010 s.20(6)");
        }
    }

    /// <summary>An Easy Read version among the papers, or the reason why there is none.</summary>
    public static IEnumerable<Breach> OfEasyRead(ConsultationContent content, IEnumerable<ConsultationDocument> documents)
    {
        if (content.EasyReadDocument is { } name && !documents.Any(d => d.Name == name && d.RetiredAt is null))
        {
            yield return Missing("easyReadDocument", $"The Easy Read version, {name}, is not among the documents. Add it, or name the one that is.", EasyReadCitation);
        }
        else if (content.EasyReadDocument is null && content.EasyReadWaiver is null)
        {
            yield return Missing("easyRead", "Add an Easy Read version to the documents and name it as the Easy Read version, or say why there is none.", EasyReadCitation);
        }
    }

    private static Breach Missing(string field, string message, string? citation) => new($"consultation/{field}", message, citation);
}
