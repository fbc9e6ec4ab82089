using Engagement.ClosingTheLoop.Domain;
using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application;

/// <summary>The module's one port to its tables, and to the views that Participation publishes for reports.</summary>
internal interface IClosingTheLoopDb : IModuleDb
{
    DbSet<Loop> Loops { get; }

    DbSet<ResponseCoding> Codings { get; }

    DbSet<Quotation> Quotations { get; }

    DbSet<OutcomeVersion> OutcomeVersions { get; }

    DbSet<HistoryEntry> History { get; }

    /// <summary>Rows of a statement over this module's tables and <c>participation.v1_…</c>; columns are named as the row's properties, in quotation marks.</summary>
    IQueryable<TRow> Read<TRow>(FormattableString sql);

    /// <summary>Runs the work in one transaction, in the one that is under way where there is one.</summary>
    Task<TResult> InTransaction<TResult>(Func<Task<TResult>> work, CancellationToken cancellationToken);

    /// <summary>
    /// For statements that stream a whole set, until the transaction ends: lifts the limit on their duration, and has rows come in the order of an index instead of being
    /// sorted first, which would keep the reader waiting while it fills the disk.
    /// </summary>
    Task StreamWholeSets(CancellationToken cancellationToken);
}
