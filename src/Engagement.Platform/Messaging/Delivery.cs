using Engagement.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Platform.Messaging;

/// <summary>
/// One event on its way to one subscriber. The row is the subscriber's inbox: it is marked as handled in the transaction of
/// what the handler changed.
/// </summary>
public sealed class Delivery
{
    /// <summary>After this many failures, with pauses of 1 s doubled each time up to 5 minutes, the delivery is parked until somebody tries it again by hand.</summary>
    public const int AttemptsBeforeParking = 10;

    private Delivery()
    {
    }

    public Guid EventId { get; private init; }

    public string Subscriber { get; private init; } = "";

    /// <summary>Given by the database; within a key it follows the order of the commits.</summary>
    public long Sequence { get; private init; }

    public Guid Key { get; private init; }

    public int Attempts { get; private set; }

    public DateTimeOffset NextAttemptAt { get; private set; }

    public DateTimeOffset? HandledAt { get; private set; }

    public DateTimeOffset? ParkedAt { get; private set; }

    public string? Error { get; private set; }

    /// <summary>Takes it out of the park for one more attempt; the count of attempts goes on, so another failure parks it again.</summary>
    internal void TryAgain(DateTimeOffset now)
    {
        ParkedAt = null;
        NextAttemptAt = now;
    }

    internal static Delivery Of(IIntegrationEvent integrationEvent, string subscriber) => new()
    {
        EventId = integrationEvent.EventId,
        Subscriber = subscriber,
        Key = integrationEvent.Key,
        NextAttemptAt = integrationEvent.OccurredAt,
    };
}

/// <param name="ownsTable">True in the platform's own context; the modules map the table to write to it.</param>
internal sealed class DeliveryConfiguration(bool ownsTable) : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("delivery", Persistence.PlatformDbContext.SchemaName, t => t.ExcludeFromMigrations(!ownsTable));
        builder.HasKey(d => new { d.EventId, d.Subscriber });
        builder.Property(d => d.Subscriber).HasMaxLength(120);
        builder.Property(d => d.Sequence).UseIdentityAlwaysColumn();
        builder.Property(d => d.Error).HasMaxLength(2000);
        builder.HasIndex(d => new { d.Subscriber, d.Key, d.Sequence }).HasFilter("handled_at is null").HasDatabaseName("delivery_waiting");
        builder.HasIndex(d => d.Sequence).HasFilter("handled_at is null and parked_at is null").HasDatabaseName("delivery_in_order");
        builder.HasIndex(d => d.ParkedAt).HasFilter("parked_at is not null and handled_at is null").HasDatabaseName("delivery_parked");
    }
}
