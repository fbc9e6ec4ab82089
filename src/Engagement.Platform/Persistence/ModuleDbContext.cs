using System.Reflection;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Engagement.Platform.Persistence;

/// <summary>What a module's tables need from the program.</summary>
public sealed record ModuleDbServices(ICurrentActor Actor, TimeProvider Clock, Subscriptions Subscriptions, NpgsqlDataSource DataSource);

/// <summary>
/// A module's tables, in a schema of its own. One <c>SaveChangesAsync</c> is one transaction: the change, a chained row of the
/// module's history for each domain event, and the outgoing events with a delivery for each subscriber.
/// </summary>
public abstract class ModuleDbContext(DbContextOptions options, ModuleDbServices services, IPublishedEvents published)
    : DbContext(options), IModuleDb
{
    private readonly List<(Guid Identity, string Type, IDomainEvent Event)> recorded = [];
    private readonly List<Action> afterCommit = [];

    /// <summary>The module's PostgreSQL schema.</summary>
    public abstract string Schema { get; }

    /// <summary>Something is stored for good by now, whatever becomes of the rest of the request.</summary>
    public bool HasCommitted { get; private set; }

    public DbSet<HistoryEntry> History => Set<HistoryEntry>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var changed = ChangeTracker.Entries<AggregateRoot>().Select(e => e.Entity).Where(a => a.DomainEvents.Count > 0).ToList();
        if (changed.Count > 0 || recorded.Count > 0)
        {
            List<(Guid Identity, string Type, IDomainEvent Event)> events =
                [.. changed.SelectMany(a => a.TakeEvents().Select(e => (a.Identity, a.GetType().Name, e))), .. recorded];
            recorded.Clear();
            await HistoryWriter.Append(this, events, services.Actor, cancellationToken);
            foreach (var (_, _, domainEvent) in events)
            {
                if (published.Translate(domainEvent) is { } outgoing)
                {
                    Publish(outgoing);
                }
            }
        }

        var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (written > 0 && Database.CurrentTransaction is null)
        {
            NoteCommit();
        }

        return written;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save with SaveChangesAsync: it writes the history and the outgoing events.");

    public void Notify(Notification notification) => Notifications.Add(notification);

    public void Record(Guid identity, string type, IDomainEvent domainEvent) => recorded.Add((identity, type, domainEvent));

    /// <summary>Has something done, outside of the database, once the present transaction has committed: never where it is rolled back.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    /// <summary>To be called by whoever stores beside this context, on a connection of its own.</summary>
    public void NoteCommit()
    {
        HasCommitted = true;
        afterCommit.ForEach(action => action());
        afterCommit.Clear();
    }

    /// <summary>What an earlier transaction did not come to is not done after this one.</summary>
    internal void HasBegun() => afterCommit.Clear();

    /// <summary>Leaves nothing of a request that was rolled back, so that it can be done again from its start.</summary>
    internal void Forget()
    {
        ChangeTracker.Clear();
        recorded.Clear();
    }

    /// <summary>
    /// At the first use: many a request gets a context and asks it nothing. A connection, not the data source: Entity Framework keeps its models once for each data source, and a test
    /// makes hundreds of them.
    /// </summary>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql(services.DataSource.CreateConnection(), contextOwnsConnection: true);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Add(_ => new SnakeCaseConvention());
        foreach (var id in TypedIds.Known)
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfiguration(new HistoryEntryConfiguration());
        modelBuilder.ApplyConfiguration(new HistoryHeadConfiguration());
        modelBuilder.ApplyConfiguration(new OutboxMessageConfiguration(ownsTable: false));
        modelBuilder.ApplyConfiguration(new DeliveryConfiguration(ownsTable: false));
        modelBuilder.ApplyConfiguration(new NotificationConfiguration(ownsTable: false));
        if (GetType().Assembly != typeof(ModuleDbContext).Assembly)
        {
            ApplyConfigurations(modelBuilder);
        }

        foreach (var aggregate in modelBuilder.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(AggregateRoot))))
        {
            aggregate.FindProperty(nameof(AggregateRoot.Version))!.IsConcurrencyToken = true;
            aggregate.AddIgnored(nameof(AggregateRoot.Identity));
            aggregate.AddIgnored(nameof(AggregateRoot.DomainEvents));
        }
    }

    /// <summary>What <see cref="ModelBuilder.ApplyConfigurationsFromAssembly"/> does, without loading every type that the compiler made.</summary>
    private void ApplyConfigurations(ModelBuilder modelBuilder)
    {
        var apply = typeof(ModelBuilder).GetMethods().Single(m => m.Name == nameof(ModelBuilder.ApplyConfiguration));
        foreach (var type in WrittenTypes.Of(GetType().Assembly).Where(t => !t.IsAbstract && t.GetConstructor(Type.EmptyTypes) is not null))
        {
            foreach (var configured in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)))
            {
                apply.MakeGenericMethod(configured.GenericTypeArguments).Invoke(modelBuilder, [Activator.CreateInstance(type)]);
            }
        }
    }

    private void Publish(IIntegrationEvent outgoing)
    {
        Set<OutboxMessage>().Add(OutboxMessage.Of(outgoing, Schema));
        foreach (var subscriber in services.Subscriptions.To(outgoing.GetType()))
        {
            Set<Delivery>().Add(Delivery.Of(outgoing, subscriber.Name));
        }
    }
}

/// <summary>The part of a module's port that every module has; each module's own interface adds its tables.</summary>
public interface IModuleDb
{
    Task<int> SaveChangesAsync(CancellationToken cancellationToken = default);

    /// <summary>Queues a message to a person in the transaction of the next save; it is sent once that has committed.</summary>
    void Notify(Notification notification);

    /// <summary>Puts on record, with the next save, what happened to something that is no aggregate: a parked event, a message.</summary>
    void Record(Guid identity, string type, IDomainEvent domainEvent);
}

/// <summary>Every typed id of the product, found once in the assemblies named Engagement.*.</summary>
internal static class TypedIds
{
    public static readonly IReadOnlyList<Type> Known =
    [
        .. AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name!.StartsWith("Engagement.", StringComparison.Ordinal))
            .SelectMany(a => a.GetReferencedAssemblies().Where(r => r.Name!.StartsWith("Engagement.", StringComparison.Ordinal)).Select(Assembly.Load).Append(a))
            .Distinct()
            .SelectMany(WrittenTypes.Of)
            .Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)))
            .Distinct(),
    ];
}
