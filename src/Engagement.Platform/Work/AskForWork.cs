using Engagement.Kernel;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using System.Text.Json;

namespace Engagement.Platform.Work;

/// <summary>
/// Has a worker do something long for whoever acts. Sent by the command of a module that has checked who may ask. What the same
/// person asked for already and is not done yet is not begun a second time.
/// </summary>
/// <param name="Kind">Of a registered <see cref="IWorkHandler"/>.</param>
/// <param name="Title">For people, up to 300 characters, without personal data.</param>
/// <param name="Parameters">Stored as JSON: ids and choices, never personal data.</param>
/// <param name="About">The consultation or engagement; null where it is about neither.</param>
[InternalRequest]
public sealed record AskForWork(string Kind, string Title, object Parameters, Guid? About = null) : ICommand<WorkId>;

internal sealed class AskForWorkHandler(IPlatformDb db, IEnumerable<IWorkHandler> handlers, ICurrentActor current, TimeProvider clock) : IRequestHandler<AskForWork, WorkId>
{
    public async Task<WorkId> Handle(AskForWork request, CancellationToken cancellationToken)
    {
        var item = WorkItem.AskedFor(handlers.Handling(request.Kind).Kind, request.Title, request.Parameters, request.About, current.Actor, clock.GetUtcNow());
        var unfinished = await db.Work.AsNoTracking()
            .Where(w => w.AskedBy == item.AskedBy && (w.State == WorkState.Queued || w.State == WorkState.Running) && w.CancelRequestedAt == null)
            .Select(w => new { w.Id, w.Kind, w.About, w.Parameters })
            .ToListAsync(cancellationToken);
        if (unfinished.Find(w => w.Kind == item.Kind && w.About == item.About && SameJson(w.Parameters, item.Parameters)) is { } same)
        {
            return same.Id;
        }

        if (unfinished.Count >= WorkItem.UnfinishedAtMost)
        {
            throw new RuleBrokenException("too-much-work", $"{WorkItem.UnfinishedAtMost} pieces of work that you asked for are not done yet. Wait for one of them, or stop one.");
        }

        db.Work.Add(item);
        await db.SaveChangesAsync(cancellationToken);
        return item.Id;
    }

    /// <summary>The database spells JSON in its own way.</summary>
    private static bool SameJson(string one, string other) =>
        JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(one, MessageJson.Options), JsonSerializer.Deserialize<JsonElement>(other, MessageJson.Options));
}
