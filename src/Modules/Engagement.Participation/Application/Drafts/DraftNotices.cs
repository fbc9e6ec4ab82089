using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;

namespace Engagement.Participation.Application.Drafts;

/// <summary>What is sent about answers in progress. The link is the only way back, so it stands in the message; it is exchanged for a cookie at once.</summary>
internal static class DraftNotices
{
    public static NotificationContent Link(ConsultationFacts consultation, string code, DateTimeOffset keptUntil, SiteOptions site) => new(
        $"Your saved answers: {consultation.Title}".ReplaceLineEndings(" "),
        $"""
        You saved your answers to the consultation "{consultation.Title}". You have not sent them yet, so they do not count yet.

        Go on with your answers: {Address(consultation.Slug, code, site)}

        Or enter this code on {site.At($"/consultations/{consultation.Slug}/respond/return")}
        {DraftCode.Show(code)}

        The consultation closes at {UkTime.SpellDeadline(consultation.ClosesAt)}. We keep your answers until {UkTime.Spell(UkTime.DateOf(keptUntil.AddTicks(-1)))}, then we delete them.

        Whoever has this link or code can read and send your answers. Do not pass this message on.

        If you did not ask for this message, you do not have to do anything: somebody typed your address by mistake, and we do not keep it.
        """.ReplaceLineEndings("\n"));

    public static NotificationContent Reminder(ConsultationFacts consultation, string code, SiteOptions site) => new(
        $"Your answers are not sent yet: {consultation.Title}".ReplaceLineEndings(" "),
        $"""
        The consultation "{consultation.Title}" closes at {UkTime.SpellDeadline(consultation.ClosesAt)}.

        You saved answers and have not sent them. They count only if you send them before it closes.

        Go on with your answers: {Address(consultation.Slug, code, site)}

        You asked us to remind you. We have now deleted your address.
        """.ReplaceLineEndings("\n"));

    private static string Address(string slug, string code, SiteOptions site) => site.At($"/consultations/{slug}/respond/return?code={code}");
}
