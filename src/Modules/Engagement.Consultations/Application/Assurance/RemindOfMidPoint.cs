using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Assurance;

/// <summary>Reminds the lead officer, once, that half of the time has passed and the review is due.</summary>
[InternalRequest]
public sealed record RemindOfMidPoint(ConsultationId Id) : ICommand<ClockResult>;

internal sealed class RemindOfMidPointHandler(IConsultationsDb db, IMediator mediator, MasterKey masterKey, TimeProvider clock) : IRequestHandler<RemindOfMidPoint, ClockResult>
{
    public async Task<ClockResult> Handle(RemindOfMidPoint request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.TryLock(request.Id, cancellationToken))
        {
            return ClockResult.LeftAlone;
        }

        var consultation = await db.Load(request.Id, cancellationToken);
        var assurance = await db.LoadAssurance(request.Id, expectedVersion: null, cancellationToken);
        var now = clock.GetUtcNow();
        var reference = MidPointReminder.ReferenceOf(request.Id);
        if (!assurance.IsMidPointReviewDue(consultation, now) || await db.Notifications.AnyAsync(n => n.Reference == reference, cancellationToken))
        {
            // Reviewed, closed, extended, withdrawn or reminded of since the job looked.
            return ClockResult.LeftAlone;
        }

        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken)
            ?? throw new InvalidOperationException($"Consultation {consultation.Id} serves engagement {consultation.EngagementId}, which does not exist.");
        db.Notify(Notification.To(
            engagement.LeadOfficerEmail, MidPointReminder.Kind, reference, consultation.Id.Value,
            MidPointReminder.Write(engagement.LeadOfficerName, consultation.Content.Title, engagement.Reference, consultation.Period.ClosesAt), masterKey, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ClockResult.Done;
    }
}

internal static class MidPointReminder
{
    public const string Kind = "mid-point-review";

    /// <summary>One for each consultation, however often its deadline moves.</summary>
    public static string ReferenceOf(ConsultationId id) => $"{Kind}/{id}";

    public static NotificationContent Write(string officer, string title, string reference, DateTimeOffset closesAt) => new(
        $"Half of the time has passed: “{title}”",
        $"""
        Dear {officer},

        Half of the time to answer “{title}” ({reference}) has passed. It closes at {UkTime.SpellDeadline(closesAt)}.

        Look at who has answered and who has not, choose whether to carry on, to extend, or to do more to reach people, and record that with the reason: under Evidence, Mid-point review.
        """);
}
