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
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string UnsubscribeAddress(Guid contactId, MasterKey masterKey, SiteOptions site) =>
        site.At($"/api/v1/public/unsubscribe/{Contact.UnsubscribeToken(contactId, masterKey)}");

    public static NotificationContent Received(ResponseForm form, Response response, string unsubscribe) => Make(
        $"We have your response: {form.Title}",
        $"""
        We have received your response to the consultation "{form.Title}".

        Your reference is {ReceiptReference.Show(response.Reference)}. It arrived at {Spell(response.SubmittedAt)}.

        You can change or withdraw your response until the consultation closes, at {UkTime.SpellDeadline(form.ClosesAt)}, with the secret that you were shown when you sent it. We do not send the secret by e-mail.

        We will write to you when the outcome is published.
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

    public static string SpellDisposition(string disposition) => disposition switch
    {
        "adopted" => "Adopted",
        "partly-adopted" => "Adopted in part",
        "not-adopted" => "Not adopted",
        "out-of-scope" => "Outside what this consultation could decide",
        "already-planned" => "Already planned",
        _ => disposition,
    };

    private static void Section(StringBuilder text, string? heading, List<ThemeOutcome> themes)
    {
        if (heading is null || themes.Count == 0)
        {
            return;
        }

        text.Append(English, $"{heading.ToUpperInvariant()}\n\n");
        foreach (var theme in themes)
        {
            text.Append(English, $"{theme.Name}\nWe asked: {theme.Asked}\nYou said: {theme.Said}\n{SpellDisposition(theme.Disposition)}: {theme.Did}\n");
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
