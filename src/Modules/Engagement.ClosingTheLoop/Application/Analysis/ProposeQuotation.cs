using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Chooses words of one answer that may be quoted once somebody else has cleared them.</summary>
/// <param name="Text">The words exactly, with […] for each passage left out.</param>
/// <param name="ExpectedVersion">The version that the caller read; 0 where there was none.</param>
[RequiresScope("outcomes:write")]
public sealed record ProposeQuotation(ConsultationId ConsultationId, ResponseId ResponseId, string QuestionCode, string Text, int ExpectedVersion)
    : ICommand<QuotationResult>;

/// <param name="Version">The quotation's ETag.</param>
public sealed record QuotationResult(QuotationId Id, QuotationStatus Status, int Version);

internal sealed class ProposeQuotationValidator : AbstractValidator<ProposeQuotation>
{
    public ProposeQuotationValidator() => RuleFor(c => c.Text).IsText("Enter the words to quote", "The quotation", Quotation.TextLength);
}

internal sealed class ProposeQuotationHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<ProposeQuotation, QuotationResult>
{
    public async Task<QuotationResult> Handle(ProposeQuotation request, CancellationToken cancellationToken)
    {
        if (!await db.Loops.AnyAsync(l => l.ConsultationId == request.ConsultationId, cancellationToken))
        {
            throw Loops.NotClosed();
        }

        var answer = await db.Read<string>(
            $"""
            select text as "Value" from participation.v1_answers
             where consultation_id = {request.ConsultationId.Value} and response_id = {request.ResponseId.Value}
               and question_code = {request.QuestionCode} and text is not null
            """).SingleOrDefaultAsync(cancellationToken) ?? throw new NotFoundException("free-text answer");
        var quotation = await db.FindQuotation(request.ConsultationId, request.ResponseId, request.QuestionCode, cancellationToken);
        if (quotation is null)
        {
            quotation = Quotation.Of(request.ConsultationId, request.ResponseId, request.QuestionCode);
            db.Quotations.Add(quotation);
        }

        quotation.MustBeAt(request.ExpectedVersion);
        quotation.Propose(request.Text, answer, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new QuotationResult(quotation.Id, quotation.Status, quotation.Version);
    }
}

internal static class QuotationLoading
{
    public static Task<Quotation?> FindQuotation(
        this IClosingTheLoopDb db, ConsultationId consultation, ResponseId response, string questionCode, CancellationToken cancellationToken) =>
        db.Quotations.SingleOrDefaultAsync(q => q.ConsultationId == consultation && q.ResponseId == response && q.QuestionCode == questionCode, cancellationToken);
}
