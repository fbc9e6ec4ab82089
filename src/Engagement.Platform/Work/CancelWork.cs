using Engagement.Kernel;
using Engagement.Platform.Persistence;
using MediatR;

namespace Engagement.Platform.Work;

/// <summary>Stops a piece of work, for whoever asked for it and for administrators. Stopping what has ended changes nothing.</summary>
[RequiresScope("consultations:read")]
public sealed record CancelWork(WorkId Id) : ICommand<WorkView>;

internal sealed class CancelWorkHandler(IPlatformDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<CancelWork, WorkView>
{
    public async Task<WorkView> Handle(CancelWork request, CancellationToken cancellationToken)
    {
        var item = await db.Work.LoadFor(current, request.Id, cancellationToken);
        var now = clock.GetUtcNow();
        item.Cancel(now);
        await db.SaveChangesAsync(cancellationToken);
        return WorkView.Of(item, now);
    }
}
