using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Declares that each free text has a theme or "none".</summary>
[RequiresScope("outcomes:write")]
public sealed record CompleteCoding(ConsultationId ConsultationId) : ICommand<int>;

internal sealed class CompleteCodingHandler(IClosingTheLoopDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<CompleteCoding, int>
{
    public async Task<int> Handle(CompleteCoding request, CancellationToken cancellationToken)
    {
        var (_, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        return await db.InTransaction(
            async () =>
            {
                // Nobody takes a theme away between the count and the declaration.
                var loop = await db.LockLoop(request.ConsultationId, expected: null, cancellationToken);
                loop.CompleteCoding(await db.CountTexts(request.ConsultationId, questions, cancellationToken), clock.GetUtcNow());
                await db.SaveChangesAsync(cancellationToken);
                return loop.Version;
            },
            cancellationToken);
    }
}
