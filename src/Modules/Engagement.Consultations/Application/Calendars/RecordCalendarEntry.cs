using Engagement.Consultations.Domain.Calendars;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Calendars;

/// <summary>
/// Records days in the council's calendar: a bank holiday that was proclaimed late, a school holiday, a poll, a closing of the offices.
/// Recorded timetables that it would move are found and shown, and none is changed.
/// </summary>
/// <param name="LastDay">Counted in; null is the first day.</param>
/// <param name="NoticeOn">Of a poll, the day of the notice of election; null counts it back.</param>
/// <param name="Source">Where it stands written.</param>
/// <param name="SourceAddress">Where it can be read; null where it is not on the web.</param>
[RequiresScope("administration:write")]
public sealed record RecordCalendarEntry(
    CalendarEntryKind? Kind, string? Title, DateOnly? FirstDay, DateOnly? LastDay, DateOnly? NoticeOn, string? Source, string? SourceAddress) : ICommand<CalendarChange>;

internal sealed class RecordCalendarEntryValidator : AbstractValidator<RecordCalendarEntry>
{
    public RecordCalendarEntryValidator()
    {
        RuleFor(c => c.Kind).NotNull().WithMessage("Choose what kind of day it is");
        RuleFor(c => c.Title).NotEmpty().WithMessage("Enter what the days are, such as Christmas holiday 2026").IsText(120);
        RuleFor(c => c.FirstDay).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("Enter the first day")
            .Must(IsPlausible).WithMessage("Choose a first day from 1900 to 2199");
        RuleFor(c => c.LastDay).Cascade(CascadeMode.Stop)
            .Must(IsPlausible).WithMessage("Choose a last day from 1900 to 2199")
            .Must((c, last) => last is null || c.FirstDay is null || last >= c.FirstDay).WithMessage("The last day must not be before the first")
            .Must((c, last) => last is null || c.FirstDay is null || last.Value.DayNumber - c.FirstDay.Value.DayNumber < CalendarEntry.MostDays).WithMessage($"Record at most {CalendarEntry.MostDays} days at once")
            .Must((c, last) => c.Kind is not (CalendarEntryKind.BankHoliday or CalendarEntryKind.Poll) || last is null || last == c.FirstDay).WithMessage("A bank holiday and a poll are one day: record each day by itself");
        RuleFor(c => c.NoticeOn).Cascade(CascadeMode.Stop)
            .Null().When(c => c.Kind != CalendarEntryKind.Poll).WithMessage("Only a poll has a notice of election")
            .Must((c, notice) => notice is null || c.FirstDay is null || notice < c.FirstDay).WithMessage("The notice of election must be before the poll");
        RuleFor(c => c.Source).NotEmpty().WithMessage("Say where it stands written, such as the London Gazette of 13 September 2022").IsText(500);
        RuleFor(c => c.SourceAddress).IsWebAddress();
    }

    private static bool IsPlausible(DateOnly? day) => day is not { } given || (given >= TimetableInputs.FirstDate && given <= TimetableInputs.LastDate);
}

internal static class CalendarLock
{
    /// <summary>The calendar is changed by one at a time, so that its changes can be counted; whoever reads it does not wait.</summary>
    public static Task LockCalendar(this IConsultationsDb db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"lock table consultations.calendar_entry in share row exclusive mode", cancellationToken);
}

internal static class WebAddressRule
{
    public static IRuleBuilderOptions<T, string?> IsWebAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(a => string.IsNullOrEmpty(a) || (a.Length <= 500 && Uri.TryCreate(a, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0))
        .WithMessage("Enter the whole address, beginning with https://, or leave it empty");
}

internal sealed class RecordCalendarEntryHandler(IConsultationsDb db, ITimescales timescales, IMediator mediator, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<RecordCalendarEntry, CalendarChange>
{
    public async Task<CalendarChange> Handle(RecordCalendarEntry request, CancellationToken cancellationToken)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        await db.LockCalendar(cancellationToken);
        var known = await timescales.ReadFresh(cancellationToken);
        if (known.Entries.Any(e => e.Kind == request.Kind && e.FirstDay == request.FirstDay && e.WithdrawnAt is null))
        {
            throw new RuleBrokenException("already-recorded", $"Days of this kind that begin on {UkTime.Spell(request.FirstDay!.Value)} are recorded already. Withdraw that entry first if it is wrong.");
        }

        var entry = CalendarEntry.Record(
            new CalendarDays(
                request.Kind!.Value, request.Title!.Trim(), request.FirstDay!.Value, request.LastDay ?? request.FirstDay.Value, request.NoticeOn, request.Source!.Trim(),
                string.IsNullOrWhiteSpace(request.SourceAddress) ? null : request.SourceAddress.Trim()),
            known.Calculator.Calendar,
            known.CalendarChanges + 1,
            current.Actor,
            clock.GetUtcNow());
        db.CalendarEntries.Add(entry);
        await db.SaveChangesAsync(cancellationToken);
        var moved = await mediator.Send(new CheckTimetables(), cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return new CalendarChange(CalendarEntryView.Of(entry), moved);
    }
}
