using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Drafts;

/// <summary>Reminds the owner of one draft, if that was asked for and the draft can still be sent; the address goes with it.</summary>
[InternalRequest]
public sealed record RemindOfDraft(Guid DraftId) : ICommand<Unit>;

internal sealed class RemindOfDraftHandler(
    IParticipationDb db, IMediator mediator, MasterKey masterKey, TimeProvider clock, IOptions<ParticipationOptions> options, IOptions<SiteOptions> site)
    : IRequestHandler<RemindOfDraft, Unit>
{
    public async Task<Unit> Handle(RemindOfDraft request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await db.Drafts.FromSql($"select * from participation.draft where id = {request.DraftId} and reminder is not null for update").ToListAsync(cancellationToken);
        if (found is not [var draft])
        {
            return Unit.Value;
        }

        var now = clock.GetUtcNow();
        var facts = await mediator.Send(new FindConsultation(draft.ConsultationId), cancellationToken) ?? throw new NotFoundException("consultation");
        if (now < facts.ClosesAt - options.Value.DraftReminder && facts.Status != ConsultationStatus.Withdrawn)
        {
            // It has been extended, and the copy of the deadline does not know yet.
            return Unit.Value;
        }

        var reminder = draft.TakeReminder(masterKey)!;
        if (Responding.StateOf(facts, now) == RespondingState.Open)
        {
            db.Notify(Notification.To(
                reminder.EmailAddress, "draft-reminder", $"draft-reminder/{draft.Id}", facts.Id.Value, DraftNotices.Reminder(facts, reminder.Code, site.Value), masterKey, now));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
