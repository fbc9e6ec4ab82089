using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Takes a quotation back, at once and everywhere.</summary>
[RequiresScope("outcomes:write")]
public sealed record WithdrawQuotation(ConsultationId ConsultationId, ResponseId ResponseId, string QuestionCode, string Reason) : ICommand<QuotationResult>;

internal sealed class WithdrawQuotationValidator : AbstractValidator<WithdrawQuotation>
{
    public WithdrawQuotationValidator() => RuleFor(c => c.Reason).IsReason("Enter why the quotation is taken back");
}

internal sealed class WithdrawQuotationHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<WithdrawQuotation, QuotationResult>
{
    public async Task<QuotationResult> Handle(WithdrawQuotation request, CancellationToken cancellationToken)
    {
        var quotation = await db.FindQuotation(request.ConsultationId, request.ResponseId, request.QuestionCode, cancellationToken) ?? throw new NotFoundException("quotation");
        quotation.Withdraw(request.Reason, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new QuotationResult(quotation.Id, quotation.Status, quotation.Version);
    }
}
