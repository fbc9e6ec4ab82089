using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Infrastructure.Persistence;

internal sealed class ClosingTheLoopDbContext(DbContextOptions<ClosingTheLoopDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new ClosingTheLoopPublishedEvents()), IClosingTheLoopDb
{
    public const string SchemaName = "closing_the_loop";

    public override string Schema => SchemaName;

    public DbSet<Loop> Loops => Set<Loop>();

    public DbSet<ResponseCoding> Codings => Set<ResponseCoding>();

    public DbSet<Quotation> Quotations => Set<Quotation>();

    public DbSet<OutcomeVersion> OutcomeVersions => Set<OutcomeVersion>();

    public IQueryable<TRow> Read<TRow>(FormattableString sql) => Database.SqlQuery<TRow>(sql);

    public async Task<TResult> InTransaction<TResult>(Func<Task<TResult>> work, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is not null)
        {
            return await work();
        }

        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var result = await work();
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    public async Task StreamWholeSets(CancellationToken cancellationToken) =>
        await Database.ExecuteSqlAsync($"set local statement_timeout = '15min'; set local enable_sort = off", cancellationToken);
}
