using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Records when something really happened that a regime counts from and that is no notice, such as the day on which an order was made.</summary>
/// <param name="Input">Of one of the consultation's regimes, such as <c>made</c>.</param>
/// <param name="On">The UK day.</param>
[RequiresScope("consultations:write")]
public sealed record RecordDate(ConsultationId Id, string Input, DateOnly On) : ICommand<NoticesView>;

internal sealed class RecordDateValidator : AbstractValidator<RecordDate>
{
    public RecordDateValidator()
    {
        RuleFor(c => c.Input).NotEmpty().WithMessage("Select what happened");
        RuleFor(c => c.On).Must(d => d.Year >= 2000).WithMessage("Enter the day on which it happened");
    }
}

internal sealed class RecordDateHandler(IConsultationsDb db, NoticeTasks tasks, ITimescales timescales, TimeProvider clock) : IRequestHandler<RecordDate, NoticesView>
{
    public async Task<NoticesView> Handle(RecordDate request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(request.Id, cancellationToken);
        var calculator = await timescales.Now(cancellationToken);
        var inputs = consultation.Content.Regimes.SelectMany(id => calculator.Regimes.Get(id).Inputs).Where(i => i.Kind == InputKind.Date && i.Name is not (TimetableInputs.Opens or TimetableInputs.Closes));
        if (!inputs.Any(i => i.Name == request.Input))
        {
            throw new ValidationException([new ValidationFailure(nameof(request.Input), "Select a date that one of its regimes counts from")]);
        }

        var notices = await db.LoadNotices(request.Id, null, cancellationToken);
        notices.RecordDate(request.Input, request.On, now);
        await tasks.Follow(consultation, notices, now, cancellationToken);
        return await db.SaveNotices(notices, cancellationToken);
    }
}
