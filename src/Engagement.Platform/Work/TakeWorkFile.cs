using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using MediatR;
using Npgsql;

namespace Engagement.Platform.Work;

/// <summary>
/// The file that a piece of work made, for whoever asked for it and for administrators, as long as they have the right to what is
/// in it. That they took it goes on record.
/// </summary>
[RequiresScope("consultations:read")]
public sealed record TakeWorkFile(WorkId Id) : ICommand<WorkFile>;

internal sealed class TakeWorkFileHandler(
    IPlatformDb db, IEnumerable<IWorkHandler> handlers, ICurrentActor current, NpgsqlDataSource dataSource, MasterKey masterKey, TimeProvider clock)
    : IRequestHandler<TakeWorkFile, WorkFile>
{
    public async Task<WorkFile> Handle(TakeWorkFile request, CancellationToken cancellationToken)
    {
        var item = await db.Work.LoadFor(current, request.Id, cancellationToken);
        await handlers.Handling(item.Kind).CheckRightAsync(new WorkParameters(item.Parameters), cancellationToken);
        item.Take(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new WorkFile(dataSource, masterKey, item);
    }
}
