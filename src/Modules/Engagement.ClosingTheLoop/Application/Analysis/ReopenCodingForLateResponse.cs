using Engagement.ClosingTheLoop.Contracts;
using Engagement.Participation.Contracts;
using Engagement.Platform.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>
/// A late response that counts after all brings free text that nobody has coded: what was declared complete is complete no more.
/// One without free text changes nothing.
/// </summary>
internal sealed class ReopenCodingForLateResponse(IClosingTheLoopDb db, IMediator mediator, TimeProvider clock) : IIntegrationEventHandler<LateResponseAdmittedV1>
{
    public async Task Handle(LateResponseAdmittedV1 integrationEvent, CancellationToken cancellationToken)
    {
        var id = integrationEvent.ConsultationId;
        if (!await db.Loops.AnyAsync(l => l.ConsultationId == id && l.CodingCompletedAt != null, cancellationToken))
        {
            return;
        }

        var (_, questions) = await mediator.FindQuestions(id, cancellationToken);
        if ((await db.CountTexts(id, questions, cancellationToken)).Any(t => t.Uncoded > 0))
        {
            (await db.LockLoop(id, expected: null, cancellationToken)).ReopenCodingFor(integrationEvent.ResponseId, clock.GetUtcNow());
        }
    }
}
