using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>Ends a consultation for good before it closes.</summary>
/// <param name="ExpectedVersion">The version the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record WithdrawConsultation(ConsultationId Id, string PublicReason, int? ExpectedVersion = null) : ICommand<ConsultationView>;

internal sealed class WithdrawConsultationValidator : AbstractValidator<WithdrawConsultation>
{
    public WithdrawConsultationValidator() => RuleFor(c => c.PublicReason).IsPublicReason();
}

internal sealed class WithdrawConsultationHandler(IConsultationsDb db, TimeProvider clock) : IRequestHandler<WithdrawConsultation, ConsultationView>
{
    public async Task<ConsultationView> Handle(WithdrawConsultation request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, request.ExpectedVersion, cancellationToken);
        var now = clock.GetUtcNow();
        consultation.Withdraw(request.PublicReason, now);
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }
}
