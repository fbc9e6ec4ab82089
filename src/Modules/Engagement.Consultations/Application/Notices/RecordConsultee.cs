using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Records that somebody was notified, that it arrived, that they were asked again, or that they answered.</summary>
/// <param name="On">The UK day on which it really happened.</param>
/// <param name="Note">How they were notified, or where the answer is.</param>
/// <param name="Proof">A file that shows it; null where none does.</param>
/// <param name="ExpectedVersion">The version of the list that the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record RecordConsultee(
    ConsultationId Id, ConsulteeId ConsulteeId, ConsulteeStep Step, DateOnly On, string? Note = null, NewProof? Proof = null, int? ExpectedVersion = null) : ICommand<ConsulteesView>;

/// <summary>Says that nobody here is meant by what a regime names, and why.</summary>
[RequiresScope("consultations:write")]
public sealed record SetConsulteeAside(ConsultationId Id, ConsulteeId ConsulteeId, string Reason, int? ExpectedVersion = null) : ICommand<ConsulteesView>;

internal sealed class RecordConsulteeValidator : AbstractValidator<RecordConsultee>
{
    public RecordConsulteeValidator()
    {
        RuleFor(c => c.Step).IsInEnum();
        RuleFor(c => c.On).Must(d => d.Year >= 2000).WithMessage("Enter the day on which it happened");
        RuleFor(c => c.Note).NotEmpty().When(c => c.Step == ConsulteeStep.Notified).WithMessage("Enter how they were notified, such as by letter or by e-mail");
        RuleFor(c => c.Note).NotEmpty().When(c => c.Step == ConsulteeStep.Answered && c.Proof is null).WithMessage("Enter where the answer is, such as its file reference, or add the answer as a file");
        RuleFor(c => c.Note).IsText(500);
        RuleFor(c => c.Proof!).SetValidator(new NewProofValidator()).When(c => c.Proof is not null);
    }
}

internal sealed class SetConsulteeAsideValidator : AbstractValidator<SetConsulteeAside>
{
    public SetConsulteeAsideValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("Say why nobody here is meant").IsText(2_000);
}

internal sealed class RecordConsulteeHandler(IConsultationsDb db, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<RecordConsultee, ConsulteesView>, IRequestHandler<SetConsulteeAside, ConsulteesView>
{
    public async Task<ConsulteesView> Handle(RecordConsultee request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var list = await db.LoadConsultees(request.Id, request.ExpectedVersion, cancellationToken);
        var proof = request.Proof is null ? null : db.Keep(request.Proof, request.Id, request.ConsulteeId.Value, current.Actor, now);
        list.Record(request.ConsulteeId, request.Step, request.On, request.Note, proof, now);
        return await db.SaveConsultees(list, cancellationToken);
    }

    public async Task<ConsulteesView> Handle(SetConsulteeAside request, CancellationToken cancellationToken)
    {
        var list = await db.LoadConsultees(request.Id, request.ExpectedVersion, cancellationToken);
        list.SetAside(request.ConsulteeId, request.Reason, clock.GetUtcNow());
        return await db.SaveConsultees(list, cancellationToken);
    }
}
