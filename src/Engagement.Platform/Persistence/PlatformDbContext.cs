using Engagement.Platform.Audit;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Engagement.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Platform.Persistence;

public interface IPlatformDb : IModuleDb
{
    DbSet<Delivery> Deliveries { get; }

    DbSet<OutboxMessage> Outbox { get; }

    DbSet<Notification> Notifications { get; }

    DbSet<WorkItem> Work { get; }

    DbSet<JobRecord> Jobs { get; }

    DbSet<JobRun> JobRuns { get; }

    DatabaseFacade Database { get; }
}

/// <summary>What all modules share: outgoing events, messages to people, long work, keys, stored answers to repeated requests, seals.</summary>
public sealed class PlatformDbContext(DbContextOptions<PlatformDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new NoPublishedEvents()), IPlatformDb
{
    public const string SchemaName = "platform";

    public override string Schema => SchemaName;

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<WorkItem> Work => Set<WorkItem>();

    public DbSet<JobRecord> Jobs => Set<JobRecord>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfiguration(new WorkItemConfiguration());
        modelBuilder.ApplyConfiguration(new JobRecordConfiguration());
        modelBuilder.ApplyConfiguration(new JobRunConfiguration());
        modelBuilder.ApplyConfiguration(new OutboxMessageConfiguration(ownsTable: true));
        modelBuilder.ApplyConfiguration(new DeliveryConfiguration(ownsTable: true));
        modelBuilder.ApplyConfiguration(new NotificationConfiguration(ownsTable: true));
    }
}

[DbContext(typeof(PlatformDbContext))]
[Migration("20261121000000_platform_history")]
internal sealed class PlatformHistory() : HistoryTablesMigration(PlatformDbContext.SchemaName);

[DbContext(typeof(PlatformDbContext))]
[Migration("20261122000000_platform_create")]
internal sealed class PlatformCreate : SqlMigration;

[DbContext(typeof(PlatformDbContext))]
[Migration("20261122000002_platform_demonstration")]
internal sealed class PlatformDemonstration : SqlMigration;

[DbContext(typeof(PlatformDbContext))]
[Migration("20261125110000_platform_work")]
internal sealed class PlatformWork : SqlMigration;

[DbContext(typeof(PlatformDbContext))]
[Migration("20261125110100_platform_operations")]
internal sealed class PlatformOperations : SqlMigration;

[DbContext(typeof(PlatformDbContext))]
[Migration("20261125110200_platform_history_by_time")]
internal sealed class PlatformHistoryByTime() : HistoryByTimeMigration(PlatformDbContext.SchemaName);

[DbContext(typeof(PlatformDbContext))]
[Migration("20261125204000_platform_account_use")]
internal sealed class PlatformAccountUse : SqlMigration;

[DbContext(typeof(PlatformDbContext))]
[Migration("20261126072001_platform_delivery_in_order")]
internal sealed class PlatformDeliveryInOrder : SqlMigration;
