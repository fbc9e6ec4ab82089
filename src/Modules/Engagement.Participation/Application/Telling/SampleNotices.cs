using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Participation.Application.Telling;

/// <summary>Each message to the public with made-up facts, for officers to read before anybody gets one.</summary>
internal static class SampleNotices
{
    private const string Title = "Speed limit on Church Street";
    private const string Secret = "…";
    private static readonly SiteOptions Site = new() { BaseAddress = "https://consultations.example" };
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 14, 5, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset ClosesAt = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);
    private static readonly ThemeOutcome Own = Theme("Crossing the road", "20mph from the school to the church", "Children cross by the church too", "adopted", "The limit begins 80 metres further south.", null);
    private static readonly ThemeOutcome Others = Theme("Road humps", "No humps on a bus route", "Only humps slow people down", "not-adopted", "There will be no humps.", "Buses and ambulances use the street. Speeds are measured again after a year.");
    private static readonly string Unsubscribe = Site.At($"/updates/stop/{Secret}");

    public static void AddSampleNotices(this IServiceCollection services)
    {
        const string contacts = "everybody who left an address with a response";
        services.AddNotificationKind("response-received", "somebody who left an address with a response", "when the response is stored, at most three times a day",
            () => Notices.Received(Title, ClosesAt, "7K3M9QXP2VTD", Now, Unsubscribe));
        services.AddNotificationKind(ContactKeeper.LateKind, "somebody who left an address with a response that came late", "when the response is logged",
            () => Notices.ReceivedLate(Title, ClosesAt, "7K3M9QXP2VTD", UkTime.DateOf(Now), Unsubscribe));
        services.AddNotificationKind(RuleOnLateResponseHandler.Kind, "somebody who left an address with a response that came late", "when an officer rules whether it counts",
            () => Notices.RuledOnLate(Title, "7K3M9QXP2VTD", UkTime.DateOf(Now), admitted: true, "The post was late by a week.", Unsubscribe));
        services.AddNotificationKind("consultation-extended", contacts, "when a later deadline is confirmed", () => Notices.Extended(Of(AnnouncementKind.Extended), Unsubscribe));
        services.AddNotificationKind("consultation-withdrawn", contacts, "when a consultation is withdrawn", () => Notices.Withdrawn(Of(AnnouncementKind.Withdrawn), Unsubscribe));
        services.AddNotificationKind("consultation-corrected", contacts, "when the correction of a notice is published, or a document comes while people are answering",
            () => Notices.Corrected(Of(AnnouncementKind.Corrected), Site.At("/consultations/church-street"), Unsubscribe));
        services.AddNotificationKind("consultation-restarted", contacts, "when a new round of a consultation opens",
            () => Notices.Restarted(Of(AnnouncementKind.Restarted), Site.At("/consultations/church-street-2"), Unsubscribe));
        services.AddNotificationKind(TellContactsHandler.OutcomeKind, contacts, "when an outcome is published, with what became of their own words first",
            () => Notices.Outcome(Of(AnnouncementKind.Outcome), Outcome(), new HashSet<ThemeId> { Own.Id }, Site.At("/consultations/church-street/outcome"), Unsubscribe));
        services.AddNotificationKind("draft-link", "somebody who saves answers and asks for the link", "at once",
            () => DraftNotices.Link(Facts(), Secret, ClosesAt.AddDays(7), Site));
        services.AddNotificationKind("draft-reminder", "somebody who saved answers and asked to be reminded", "two days before the consultation closes",
            () => DraftNotices.Reminder(Facts(), Secret, Site));
        services.AddNotificationKind("updates-confirmation", "an address for which somebody asks for updates", "at once, and nothing else before it is confirmed",
            () => Notices.ConfirmUpdates(Site.At($"/updates/confirm/{Secret}")));
        foreach (var (kind, when) in Updates)
        {
            services.AddNotificationKind(Update(kind).Kind, "everybody who asked for such updates", when, () => Update(kind).Content);
        }
    }

    private static readonly (AnnouncementKind Kind, string When)[] Updates =
    [
        (AnnouncementKind.Opened, "when a consultation opens"),
        (AnnouncementKind.ClosingSoon, "seven days before a consultation closes"),
        (AnnouncementKind.Extended, "when a later deadline is confirmed"),
        (AnnouncementKind.Corrected, "when the correction of a notice is published, or a document comes while people are answering"),
        (AnnouncementKind.Restarted, "when a new round of a consultation opens"),
        (AnnouncementKind.Closed, "when a consultation has closed and its responses are counted"),
        (AnnouncementKind.Withdrawn, "when a consultation is withdrawn"),
        (AnnouncementKind.Outcome, "when an outcome is published"),
    ];

    private static (string Kind, NotificationContent Content) Update(AnnouncementKind kind) => Notices.Update(
        Of(kind), kind == AnnouncementKind.Outcome ? Outcome() : null, Site.At("/consultations/church-street"), Site.At($"/updates/manage/{Secret}"), Site.At($"/updates/leave/{Secret}"));

    private static Announcement Of(AnnouncementKind kind) =>
        Announcement.OfFacts(Facts(), kind, "1", Now, responseCount: 212, outcomeDueOn: new DateOnly(2027, 2, 19), reason: "The notice in the paper appeared a week late.");

    private static ConsultationFacts Facts() => new(
        new ConsultationId(Guid.Empty), new EngagementId(Guid.Empty), "church-street", Title, ConsultationStatus.Open, 1, Now, ClosesAt, EqualityAnswers.Linked);

    private static PublishedOutcome Outcome() => new(
        1, Now, "The Cabinet Member for Transport", new DateOnly(2027, 1, 14), [Own, Others], new Dictionary<ResponseId, IReadOnlyList<ThemeId>>());

    private static ThemeOutcome Theme(string name, string asked, string said, string disposition, string did, string? reason) =>
        new(new ThemeId(Guid.CreateVersion7()), name, asked, said, disposition, did, reason);
}
