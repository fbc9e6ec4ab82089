using System.Globalization;
using System.Text;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;

namespace Engagement.Participation.Application.Telling;

/// <summary>What people who left an address are sent, in plain words. No message holds a receipt's secret.</summary>
internal static class Notices
{
    /// <summary>Begins the kind of every message to somebody who asked for updates.</summary>
    public const string UpdateKind = "update-";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string UnsubscribeAddress(Guid contactId, MasterKey masterKey, SiteOptions site) =>
        site.At($"/updates/stop/{Contact.UnsubscribeToken(contactId, masterKey)}");

    /// <param name="reference">Of the response, without hyphens.</param>
    public static NotificationContent Received(string title, DateTimeOffset closesAt, string reference, DateTimeOffset submittedAt, string unsubscribe) => Make(
        $"We have your response: {title}",
        $"""
        We have received your response to the consultation "{title}".

        Your reference is {ReceiptReference.Show(reference)}. It arrived at {Spell(submittedAt)}.

        You can change or withdraw your response until the consultation closes, at {UkTime.SpellDeadline(closesAt)}, with the secret that you were shown when you sent it. We do not send the secret by e-mail.

        We will write to you when the outcome is published.
        """,
        unsubscribe);

    /// <param name="reference">Of the response, without hyphens.</param>
    public static NotificationContent ReceivedLate(string title, DateTimeOffset closesAt, string reference, DateOnly receivedOn, string unsubscribe) => Make(
        $"We have your response, which came late: {title}",
        $"""
        We have received your response to the consultation "{title}".

        Your reference is {ReceiptReference.Show(reference)}. It reached us on {UkTime.Spell(receivedOn)}. The consultation closed at {UkTime.SpellDeadline(closesAt)}, so it is marked as late.

        An officer decides whether it counts, and we will tell you.
        """,
        unsubscribe);

    /// <param name="reference">Of the response, without hyphens.</param>
    /// <param name="reason">As the officer who ruled gave it.</param>
    public static NotificationContent RuledOnLate(string title, string reference, DateOnly receivedOn, bool admitted, string reason, string unsubscribe) => Make(
        $"{(admitted ? "Your late response counts" : "Your late response does not count")}: {title}",
        $"""
        Your response {ReceiptReference.Show(reference)} to the consultation "{title}" reached us on {UkTime.Spell(receivedOn)}, after the deadline.

        {(admitted ? "We decided that it counts all the same. It is marked as late wherever it is counted." : "We decided that it does not count. We keep it, marked as late.")}

        Why: {reason}
        """,
        unsubscribe);

    public static NotificationContent Extended(Announcement announcement, string unsubscribe) => Make(
        $"More time to respond: {announcement.Title}",
        $"""
        The consultation "{announcement.Title}" now closes at {UkTime.SpellDeadline(announcement.ClosesAt!.Value)}.

        Why: {announcement.Reason}

        You do not have to do anything. Your response counts as it is, and you can change it until the new deadline.
        """,
        unsubscribe);

    /// <param name="page">The public page of the consultation.</param>
    public static NotificationContent Corrected(Announcement announcement, string page, string unsubscribe) => Make(
        $"Correction: {announcement.Title}",
        $"""
        Something that you may have relied on was put right in the consultation "{announcement.Title}", to which you responded.

        {announcement.Reason}

        Your response counts as it is. You can change it until {UkTime.SpellDeadline(announcement.ClosesAt!.Value)}.

        Read about it: {page}
        """,
        unsubscribe);

    /// <param name="page">The public page of the new round.</param>
    public static NotificationContent Restarted(Announcement announcement, string page, string unsubscribe) => Make(
        $"Asked again: {announcement.Title}",
        $"""
        You responded to the consultation "{announcement.Title}". The council now asks again, in a new round.

        What changed: {announcement.Reason}

        Your first response stays with the round that you sent it to. To be heard in this one, answer again, until {UkTime.SpellDeadline(announcement.ClosesAt!.Value)}.

        Read about it and take part: {page}
        """,
        unsubscribe);

    public static NotificationContent Withdrawn(Announcement announcement, string unsubscribe) => Make(
        $"Consultation withdrawn: {announcement.Title}",
        $"""
        The council has withdrawn the consultation "{announcement.Title}", to which you responded.

        Why: {announcement.Reason}
        """,
        unsubscribe);

    /// <param name="own">The themes that this person's own words fell under.</param>
    /// <param name="outcomeAddress">The public page of the outcome.</param>
    public static NotificationContent Outcome(
        Announcement announcement, PublishedOutcome outcome, IReadOnlySet<ThemeId> own, string outcomeAddress, string unsubscribe)
    {
        var text = new StringBuilder();
        text.Append(English, $"You took part in the consultation \"{announcement.Title}\". {outcome.DecisionBody} decided on {UkTime.Spell(outcome.DecidedOn)}. This is what became of it.");
        if (announcement.OutcomeVersion > 1)
        {
            text.Append(" It corrects what we told you before.");
        }

        text.Append("\n\n");
        var mine = outcome.Themes.Where(t => own.Contains(t.Id)).ToList();
        Section(text, mine.Count == 0 ? null : "What you raised", mine);
        Section(text, mine.Count == 0 ? "What people raised" : "What other people raised", [.. outcome.Themes.Where(t => !own.Contains(t.Id))]);
        text.Append(English, $"Read all of it: {outcomeAddress}");
        return Make($"You said, we did: {announcement.Title}", text.ToString(), unsubscribe);
    }

    /// <param name="confirm">Where a button says yes.</param>
    public static NotificationContent ConfirmUpdates(string confirm) => new(
        "Confirm that you want updates",
        $"""
        Somebody asked us to send updates about consultations to this address. If it was you, say yes here:

        {confirm}

        The link is good for a week and for one use. If it was not you, do nothing: we will not write again, and we delete the address.
        """.ReplaceLineEndings("\n"));

    /// <param name="outcome">Of an outcome: what is told; null otherwise.</param>
    /// <param name="page">The public page of the consultation.</param>
    /// <param name="manage">Where somebody changes what it is told of.</param>
    /// <param name="leave">Where one request ends every update.</param>
    public static (string Kind, NotificationContent Content) Update(Announcement announcement, PublishedOutcome? outcome, string page, string manage, string leave)
    {
        var title = announcement.Title;
        var (kind, subject, body) = announcement.Kind switch
        {
            AnnouncementKind.Opened => ("opened", $"Open now: {title}", $"""
                The council asks what you think: "{title}".

                You can answer until {UkTime.SpellDeadline(announcement.ClosesAt!.Value)}.

                Read about it and take part: {page}
                """),
            AnnouncementKind.ClosingSoon => ("closing-soon", $"Closes soon: {title}", $"""
                The consultation "{title}" closes at {UkTime.SpellDeadline(announcement.ClosesAt!.Value)}.

                Read about it and take part: {page}
                """),
            AnnouncementKind.Extended => ("extended", $"More time to respond: {title}", $"""
                The consultation "{title}" now closes at {UkTime.SpellDeadline(announcement.ClosesAt!.Value)}.

                Why: {announcement.Reason}

                Read about it and take part: {page}
                """),
            AnnouncementKind.Corrected => ("corrected", $"Correction: {title}", $"""
                Something was put right in the consultation "{title}".

                {announcement.Reason}

                Read about it: {page}
                """),
            AnnouncementKind.Restarted => ("restarted", $"Asked again: {title}", $"""
                The council asks again about "{title}", in a new round.

                What changed: {announcement.Reason}

                You can answer until {UkTime.SpellDeadline(announcement.ClosesAt!.Value)}.

                Read about it and take part: {page}
                """),
            AnnouncementKind.Closed => ("closed", $"Closed: {title}", string.Create(English, $"""
                The consultation "{title}" has closed. {announcement.ResponseCount:N0} {(announcement.ResponseCount == 1 ? "response" : "responses")} came in.

                The council is to publish what it decided, and why, by {UkTime.Spell(announcement.OutcomeDueOn!.Value)}.

                See how far it has come: {page}
                """)),
            AnnouncementKind.Withdrawn => ("withdrawn", $"Consultation withdrawn: {title}", $"""
                The council has withdrawn the consultation "{title}".

                Why: {announcement.Reason}

                {page}
                """),
            _ => ("outcome", $"You said, we did: {title}", OutcomeForFollowers(announcement, outcome!, page)),
        };
        return (UpdateKind + kind, new NotificationContent(
            subject.ReplaceLineEndings(" "),
            $"{body.ReplaceLineEndings("\n")}\n\n--\nYou get this because you asked for updates. To change what you get: {manage}\nTo stop all updates: {leave}",
            leave));
    }

    private static string OutcomeForFollowers(Announcement announcement, PublishedOutcome outcome, string page)
    {
        var text = new StringBuilder();
        text.Append(English, $"{outcome.DecisionBody} decided on {UkTime.Spell(outcome.DecidedOn)}, after the consultation \"{announcement.Title}\". This is what became of it.");
        if (announcement.OutcomeVersion > 1)
        {
            text.Append(" It corrects what we told you before.");
        }

        text.Append("\n\n");
        Section(text, "What people raised", [.. outcome.Themes]);
        text.Append(English, $"Read all of it: {page}/outcome");
        return text.ToString();
    }

    private static void Section(StringBuilder text, string? heading, List<ThemeOutcome> themes)
    {
        if (heading is null || themes.Count == 0)
        {
            return;
        }

        text.Append(English, $"{heading.ToUpperInvariant()}\n\n");
        foreach (var theme in themes)
        {
            text.Append(English, $"{theme.Name}\nWe asked: {theme.Asked}\nYou said: {theme.Said}\n{DispositionWords.Spell(theme.Disposition)}: {theme.Did}\n");
            if (theme.Reason is { Length: > 0 } reason)
            {
                text.Append(English, $"Why: {reason}\n");
            }

            text.Append('\n');
        }
    }

    private static NotificationContent Make(string subject, string body, string unsubscribe) => new(
        subject.ReplaceLineEndings(" "),
        $"{body.ReplaceLineEndings("\n")}\n\n--\nYou get this because somebody left this address with a response. To stop these messages: {unsubscribe}",
        unsubscribe);

    private static string Spell(DateTimeOffset instant)
    {
        var local = UkTime.WallTimeOf(instant);
        return $"{local.ToString("h:mm", English)}{(local.Hour < 12 ? "am" : "pm")} on {UkTime.Spell(DateOnly.FromDateTime(local))}";
    }
}
