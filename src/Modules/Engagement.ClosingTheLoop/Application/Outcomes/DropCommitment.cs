using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Takes a commitment out of the draft. One that has been made in public stays.</summary>
/// <param name="ExpectedVersion">The loop's version that the caller read.</param>
[RequiresScope("outcomes:write")]
public sealed record DropCommitment(ConsultationId ConsultationId, CommitmentId CommitmentId, int? ExpectedVersion) : ICommand<int>;

internal sealed class DropCommitmentHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<DropCommitment, int>
{
    public async Task<int> Handle(DropCommitment request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, request.ExpectedVersion, cancellationToken);
        loop.DropPromise(request.CommitmentId, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
