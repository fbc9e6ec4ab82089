using Engagement.Kernel;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Work;

/// <summary>The latest 20 pieces of work that the actor asked for, latest first.</summary>
/// <param name="About">Only what is about this consultation or engagement.</param>
/// <param name="Kind">Only this kind.</param>
[RequiresScope("consultations:read")]
public sealed record ListOwnWork(Guid? About = null, string? Kind = null) : IQuery<IReadOnlyList<WorkView>>;

internal sealed class ListOwnWorkHandler(IPlatformDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<ListOwnWork, IReadOnlyList<WorkView>>
{
    public async Task<IReadOnlyList<WorkView>> Handle(ListOwnWork request, CancellationToken cancellationToken)
    {
        var asker = current.Actor.ToString();
        var items = await db.Work.AsNoTracking()
            .Where(w => w.AskedBy == asker && (request.About == null || w.About == request.About) && (request.Kind == null || w.Kind == request.Kind))
            .OrderByDescending(w => w.QueuedAt).ThenBy(w => w.Id)
            .Take(20)
            .ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return [.. items.Select(w => WorkView.Of(w, now))];
    }
}
