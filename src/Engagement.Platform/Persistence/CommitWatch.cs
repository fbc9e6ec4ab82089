using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Engagement.Platform.Persistence;

/// <summary>Tells a module's context when a transaction of its own begins and when it has committed.</summary>
internal sealed class CommitWatch : DbTransactionInterceptor
{
    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        ((ModuleDbContext)eventData.Context!).HasBegun();
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ((ModuleDbContext)eventData.Context!).NoteCommit();
        return Task.CompletedTask;
    }
}
