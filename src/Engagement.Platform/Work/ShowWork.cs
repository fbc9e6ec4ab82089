using Engagement.Kernel;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Work;

/// <summary>How far a piece of work is, for whoever asked for it and for administrators.</summary>
[RequiresScope("consultations:read")]
public sealed record ShowWork(WorkId Id) : IQuery<WorkView>;

/// <param name="Percent">0 to 100; null while nobody knows how much there is to do.</param>
/// <param name="File">What can be downloaded; null while there is nothing.</param>
/// <param name="FileRemoved">There was a file, and it is not kept any more.</param>
public sealed record WorkView(
    WorkId Id,
    string Kind,
    string Title,
    Guid? About,
    string AskedBy,
    WorkState State,
    bool Stopping,
    long Done,
    long? Total,
    int? Percent,
    string? Message,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    WorkFileView? File,
    bool FileRemoved)
{
    public bool IsFinished => State is WorkState.Done or WorkState.Failed or WorkState.Cancelled;

    internal static WorkView Of(WorkItem w, DateTimeOffset now)
    {
        var kept = w.ClearedAt is null && now < w.ExpiresAt;
        return new WorkView(
            w.Id,
            w.Kind,
            w.Title,
            w.About,
            w.AskedBy,
            w.State,
            w is { State: WorkState.Running, CancelRequestedAt: not null },
            w.Done,
            w.Total,
            w.State == WorkState.Done ? 100 : w.Total is > 0 ? (int)Math.Clamp(w.Done * 100 / w.Total.Value, 0, 100) : null,
            w.Message,
            w.QueuedAt,
            w.StartedAt,
            w.FinishedAt,
            kept && w is { State: WorkState.Done, FileName: not null } ? new WorkFileView(w.FileName, w.FileSize!.Value, w.ExpiresAt!.Value) : null,
            !kept && w.FileName is not null);
    }
}

/// <param name="Size">Bytes.</param>
/// <param name="Until">The first instant at which it is not given out any more.</param>
public sealed record WorkFileView(string Name, long Size, DateTimeOffset Until);

internal sealed class ShowWorkHandler(IPlatformDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<ShowWork, WorkView>
{
    public async Task<WorkView> Handle(ShowWork request, CancellationToken cancellationToken) =>
        WorkView.Of(await db.Work.AsNoTracking().LoadFor(current, request.Id, cancellationToken), clock.GetUtcNow());
}

internal static class VisibleWork
{
    /// <exception cref="NotFoundException">There is no such work, or it is none of the actor's business.</exception>
    public static async Task<WorkItem> LoadFor(this IQueryable<WorkItem> work, ICurrentActor current, WorkId id, CancellationToken cancellationToken)
    {
        var item = await work.SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
        return item is not null && (item.AskedBy == current.Actor.ToString() || current.Has("administration:read")) ? item : throw new NotFoundException("work");
    }
}
