using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>A moderator who did not choose the words lets them be shown, where the participant agreed to publication.</summary>
/// <param name="ExpectedVersion">The version that the moderator read.</param>
[RequiresScope("outcomes:approve")]
public sealed record ClearQuotation(ConsultationId ConsultationId, ResponseId ResponseId, string QuestionCode, int ExpectedVersion) : ICommand<QuotationResult>;

internal sealed class ClearQuotationHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<ClearQuotation, QuotationResult>
{
    public async Task<QuotationResult> Handle(ClearQuotation request, CancellationToken cancellationToken)
    {
        var quotation = await db.FindQuotation(request.ConsultationId, request.ResponseId, request.QuestionCode, cancellationToken) ?? throw new NotFoundException("quotation");
        quotation.MustBeAt(request.ExpectedVersion);
        var consents = await db.Read<bool>(
            $"""
            select consent_to_publish as "Value" from participation.v1_responses
             where consultation_id = {request.ConsultationId.Value} and response_id = {request.ResponseId.Value}
            """).ToListAsync(cancellationToken);
        quotation.Clear(consents.Contains(true), current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new QuotationResult(quotation.Id, quotation.Status, quotation.Version);
    }
}
