using Engagement.Consultations.Domain.Calendars;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Calendars;

/// <summary>Says that an entry was wrong. It stays on record and counts no more; timetables that this would move are found and shown.</summary>
[RequiresScope("administration:write")]
public sealed record WithdrawCalendarEntry(CalendarEntryId Id, string? Reason) : ICommand<CalendarChange>;

internal sealed class WithdrawCalendarEntryValidator : AbstractValidator<WithdrawCalendarEntry>
{
    public WithdrawCalendarEntryValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("Say why it is withdrawn").IsText(2_000);
}

internal sealed class WithdrawCalendarEntryHandler(IConsultationsDb db, ITimescales timescales, IMediator mediator, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<WithdrawCalendarEntry, CalendarChange>
{
    public async Task<CalendarChange> Handle(WithdrawCalendarEntry request, CancellationToken cancellationToken)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        await db.LockCalendar(cancellationToken);
        var known = await timescales.ReadFresh(cancellationToken);
        var entry = await db.CalendarEntries.SingleOrDefaultAsync(e => e.Id == request.Id, cancellationToken) ?? throw new NotFoundException("entry of the calendar");
        entry.Withdraw(request.Reason!.Trim(), known.CalendarChanges + 1, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        var moved = await mediator.Send(new CheckTimetables(), cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return new CalendarChange(CalendarEntryView.Of(entry), moved);
    }
}
