using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Notices;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>
/// Reminds the lead officer of what is to be published soon or should have been, and of consultees whom nobody has notified or who have not
/// answered: one message for each notice and day, and one for each opening and each closing instant.
/// </summary>
[InternalRequest]
public sealed record RemindOfNotices(ConsultationId Id) : ICommand<ClockResult>
{
    /// <summary>Days before its day from which a notice is due soon: a weekly newspaper takes copy about that long before.</summary>
    public const int DaysAhead = 7;

    /// <summary>What is overdue for longer is no news any more; it stays on the work list.</summary>
    public const int DaysBack = 30;
}

internal sealed class RemindOfNoticesHandler(IConsultationsDb db, IMediator mediator, MasterKey masterKey, TimeProvider clock) : IRequestHandler<RemindOfNotices, ClockResult>
{
    public async Task<ClockResult> Handle(RemindOfNotices request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.TryLock(request.Id, cancellationToken))
        {
            return ClockResult.LeftAlone;
        }

        var now = clock.GetUtcNow();
        var due = await db.FindReminders(request.Id, now, cancellationToken);
        if (due.Count == 0)
        {
            return ClockResult.LeftAlone;
        }

        var consultation = await db.Load(request.Id, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken)
            ?? throw new InvalidOperationException($"Consultation {consultation.Id} serves engagement {consultation.EngagementId}, which does not exist.");
        foreach (var reminder in due)
        {
            db.Notify(Notification.To(
                engagement.LeadOfficerEmail, reminder.Kind, reminder.Reference, request.Id.Value,
                NoticeReminder.Write(reminder, engagement.LeadOfficerName, consultation.Content.Title, engagement.Reference), masterKey, now));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ClockResult.Done;
    }
}

/// <summary>One reminder that is due and has not been given.</summary>
/// <param name="Reference">Names the notice and its day, or the consultation and the instant, so that it is sent once for each.</param>
/// <param name="What">The notice; empty of consultees.</param>
/// <param name="Count">Of consultees.</param>
/// <param name="On">The day of the notice, of the opening or of the close.</param>
internal sealed record NoticeReminder(ConsultationId ConsultationId, string Kind, string Reference, string What, int Count, DateOnly On)
{
    public const string DueSoon = "notice-due-soon";
    public const string Overdue = "notice-overdue";
    public const string NotNotified = "consultees-not-notified";
    public const string Unanswered = "consultees-unanswered";

    public static NotificationContent Write(NoticeReminder reminder, string officer, string title, string reference) => new(
        reminder.Kind switch
        {
            DueSoon => $"To be published by {UkTime.Spell(reminder.On)}: “{title}”",
            Overdue => $"Not published in time: “{title}”",
            NotNotified => $"Consultees not notified: “{title}”",
            _ => $"Consultees who have not answered: “{title}”",
        },
        $"""
        Dear {officer},

        {reminder.Kind switch
        {
            DueSoon => $"This is to be published by {UkTime.Spell(reminder.On)} for “{title}” ({reference}): {reminder.What}. Record the day and a proof of it on the page Notices.",
            Overdue => $"This was to be published by {UkTime.Spell(reminder.On)} for “{title}” ({reference}), and nothing is on record: {reminder.What}. If it was published, record when and what shows it. If not, publish it now: the page Notices says what that means for the closing date.",
            NotNotified => $"“{title}” ({reference}) has opened, and of those to be asked in person {People(reminder.Count, "is", "are")} not on record as notified. Notify them, or say on the page Consultees why nobody here is meant.",
            _ => $"“{title}” ({reference}) closes on {UkTime.Spell(reminder.On)}, and of those asked in person {People(reminder.Count, "has", "have")} not answered. Ask them again, and record it on the page Consultees.",
        }}
        """);

    private static string People(int number, string one, string many) => number == 1 ? $"1 {one}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number} {many}");
}

internal static class NoticeReminders
{
    /// <summary>What is due now and was not given before.</summary>
    /// <param name="only">Of one consultation; null of all.</param>
    public static async Task<List<NoticeReminder>> FindReminders(this IConsultationsDb db, ConsultationId? only, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = UkTime.DateOf(now);
        var ahead = today.AddDays(RemindOfNotices.DaysAhead);
        var back = today.AddDays(-RemindOfNotices.DaysBack);
        var closing = now + RemindOwner.BeforeClosing;
        var consultations = db.Consultations.AsNoTracking().IgnoreAutoIncludes();
        if (only is { } id)
        {
            consultations = consultations.Where(c => c.Id == id);
        }

        var notices = await (
            from c in consultations
            where c.Status != ConsultationStatus.Draft && c.Status != ConsultationStatus.Withdrawn
            from n in db.NoticeLists.IgnoreAutoIncludes().Where(l => l.ConsultationId == c.Id).SelectMany(l => l.Notices)
            where n.State == NoticeState.ToDo && n.DueOn >= back && n.DueOn <= ahead
            select new { c.Id, NoticeId = n.Id, n.What, n.DueOn }).ToListAsync(cancellationToken);
        var consultees = await (
            from c in consultations
            where c.Status == ConsultationStatus.Open && c.Period.ClosesAt > now
            from x in db.ConsulteeLists.IgnoreAutoIncludes().Where(l => l.ConsultationId == c.Id).SelectMany(l => l.Consultees)
            where x.NotApplicableReason == null && x.AnsweredOn == null && (x.NotifiedOn == null || c.Period.ClosesAt <= closing)
            group x by new { c.Id, c.Period.OpensAt, c.Period.ClosesAt, IsNotified = x.NotifiedOn != null } into g
            select new { g.Key.Id, g.Key.OpensAt, g.Key.ClosesAt, g.Key.IsNotified, Count = g.Count() }).ToListAsync(cancellationToken);
        List<NoticeReminder> found =
        [
            .. notices.Select(n => n.DueOn < today
                ? new NoticeReminder(n.Id, NoticeReminder.Overdue, $"{NoticeReminder.Overdue}/{n.NoticeId}/{n.DueOn:yyyy-MM-dd}", n.What, 0, n.DueOn!.Value)
                : new NoticeReminder(n.Id, NoticeReminder.DueSoon, $"{NoticeReminder.DueSoon}/{n.NoticeId}/{n.DueOn:yyyy-MM-dd}", n.What, 0, n.DueOn!.Value)),
            .. consultees.Select(x => x.IsNotified
                ? new NoticeReminder(x.Id, NoticeReminder.Unanswered, $"{NoticeReminder.Unanswered}/{x.Id}/{x.ClosesAt.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}", "", x.Count, UkTime.DateOf(x.ClosesAt.AddMinutes(-1)))
                : new NoticeReminder(x.Id, NoticeReminder.NotNotified, $"{NoticeReminder.NotNotified}/{x.Id}/{x.OpensAt.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}", "", x.Count, UkTime.DateOf(x.OpensAt))),
        ];
        var references = found.ConvertAll(r => r.Reference);
        var given = await db.Notifications.AsNoTracking().Where(n => references.Contains(n.Reference)).Select(n => n.Reference).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        return [.. found.Where(r => !given.Contains(r.Reference))];
    }
}
