using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Reminds the lead officer of an overdue outcome, once in each week that it is late.</summary>
[InternalRequest]
public sealed record RemindOwner(ConsultationId ConsultationId) : ICommand<RemindOwnerResult>;

public enum RemindOwnerResult
{
    Reminded,

    /// <summary>This week's reminder is out, or nothing is due any more.</summary>
    NothingToDo,
}

internal sealed class RemindOwnerHandler(IClosingTheLoopDb db, IMediator mediator, MasterKey masterKey, TimeProvider clock) : IRequestHandler<RemindOwner, RemindOwnerResult>
{
    public const string Kind = "outcome-overdue";

    public async Task<RemindOwnerResult> Handle(RemindOwner request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        if (loop.RemindOwner(now) is not { } week)
        {
            return RemindOwnerResult.NothingToDo;
        }

        var engagement = await mediator.Send(new FindEngagement(loop.EngagementId), cancellationToken)
            ?? throw new InvalidOperationException($"Consultation {loop.ConsultationId} serves engagement {loop.EngagementId}, which does not exist.");
        var content = Write(engagement.LeadOfficerName, loop.Title, engagement.Reference, loop.OutcomeDueOn, loop.DaysLate(UkTime.DateOf(now)));

        // The date is part of it: after it has moved, the weeks count anew.
        db.Notify(Notification.To(
            engagement.LeadOfficerEmail, Kind, $"overdue/{loop.ConsultationId}/{loop.OutcomeDueOn:yyyy-MM-dd}/{week}", loop.ConsultationId.Value, content, masterKey, now));
        await db.SaveChangesAsync(cancellationToken);
        return RemindOwnerResult.Reminded;
    }

    internal static NotificationContent Write(string officer, string title, string reference, DateOnly dueOn, int late) => new(
        $"Overdue: the outcome of “{title}”",
        $"""
        Dear {officer},

        the outcome of “{title}” ({reference}) was promised for {UkTime.Spell(dueOn)}. It is {late} day{(late == 1 ? "" : "s")} late.

        The people who answered are waiting to hear what became of what they said. Publish the outcome, or set another date and tell the public why.

        You get this reminder once a week until then.
        """);
}
