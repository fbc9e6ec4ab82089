using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>
/// Reminds the lead officer that a consultation opens or closes soon: once for each opening and each closing instant, so once more
/// after it has been extended.
/// </summary>
[InternalRequest]
public sealed record RemindOwner(ConsultationId Id) : ICommand<ClockResult>
{
    /// <summary>Time enough to mend what is wrong with a page that nobody has seen yet.</summary>
    public static readonly TimeSpan BeforeOpening = TimeSpan.FromDays(3);

    /// <summary>Time enough to reach those who have not answered yet, or to extend.</summary>
    public static readonly TimeSpan BeforeClosing = TimeSpan.FromDays(7);
}

internal sealed class RemindOwnerHandler(IConsultationsDb db, IMediator mediator, MasterKey masterKey, TimeProvider clock) : IRequestHandler<RemindOwner, ClockResult>
{
    public async Task<ClockResult> Handle(RemindOwner request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.TryLock(request.Id, cancellationToken))
        {
            return ClockResult.LeftAlone;
        }

        var consultation = await db.Load(request.Id, cancellationToken);
        var now = clock.GetUtcNow();
        if (OwnerReminder.Due(consultation, now) is not { } due || await db.Notifications.AnyAsync(n => n.Reference == due.Reference, cancellationToken))
        {
            // Opened, closed, extended, withdrawn or reminded of since the job looked.
            return ClockResult.LeftAlone;
        }

        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken)
            ?? throw new InvalidOperationException($"Consultation {consultation.Id} serves engagement {consultation.EngagementId}, which does not exist.");
        db.Notify(Notification.To(
            engagement.LeadOfficerEmail, due.Kind, due.Reference, consultation.Id.Value,
            due.Write(engagement.LeadOfficerName, consultation.Content.Title, engagement.Reference, due.At), masterKey, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ClockResult.Done;
    }
}

/// <summary>The two reminders of an owner: when each is due, and what it says.</summary>
/// <param name="Reference">Names the consultation and the instant, so that it is sent once for each.</param>
internal sealed record OwnerReminder(string Kind, string Reference, DateTimeOffset At, Func<string, string, string, DateTimeOffset, NotificationContent> Write)
{
    public const string Opening = "opening-soon";
    public const string Closing = "closing-soon";

    /// <returns>Null where neither is due: half open, so nothing is due at the opening or closing instant itself.</returns>
    public static OwnerReminder? Due(Consultation consultation, DateTimeOffset now) => (consultation.Status, consultation.Period) switch
    {
        (ConsultationStatus.Scheduled, { OpensAt: var at }) when now >= at - RemindOwner.BeforeOpening && now < at =>
            new(Opening, ReferenceOf(Opening, consultation.Id, at), at, WriteOpening),
        (ConsultationStatus.Open, { ClosesAt: var at }) when now >= at - RemindOwner.BeforeClosing && now < at =>
            new(Closing, ReferenceOf(Closing, consultation.Id, at), at, WriteClosing),
        _ => null,
    };

    public static NotificationContent WriteOpening(string officer, string title, string reference, DateTimeOffset opensAt) => new(
        $"Opens soon: “{title}”",
        $"""
        Dear {officer},

        “{title}” ({reference}) opens at {UkTime.SpellInstant(opensAt)}.

        Read it once more as the public will see it: the questions, the papers, and how to ask for another format. Until it opens you can still change it; a change needs approval again. From the opening on the questions stay as they are.
        """);

    public static NotificationContent WriteClosing(string officer, string title, string reference, DateTimeOffset closesAt) => new(
        $"Closes soon: “{title}”",
        $"""
        Dear {officer},

        “{title}” ({reference}) closes at {UkTime.SpellDeadline(closesAt)}.

        Look at who has answered and who has not, while there is time to reach them. If people need longer, propose an extension now: a second person must approve it before the deadline.
        """);

    private static string ReferenceOf(string kind, ConsultationId id, DateTimeOffset at) => $"{kind}/{id}/{at.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}";
}
