using System.Text.Json;
using Engagement.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Platform.Messaging;

/// <summary>An event that left a module, written in the transaction of the change it tells of.</summary>
public sealed class OutboxMessage
{
    private OutboxMessage()
    {
    }

    public Guid EventId { get; private init; }

    public string Module { get; private init; } = "";

    /// <summary>The contract's type name, such as <c>ConsultationClosedV1</c>.</summary>
    public string Type { get; private init; } = "";

    public string Payload { get; private init; } = "";

    public DateTimeOffset OccurredAt { get; private init; }

    internal static OutboxMessage Of(IIntegrationEvent integrationEvent, string module) => new()
    {
        EventId = integrationEvent.EventId,
        Module = module,
        Type = integrationEvent.GetType().Name,
        Payload = JsonSerializer.Serialize(integrationEvent, integrationEvent.GetType(), MessageJson.Options),
        OccurredAt = integrationEvent.OccurredAt,
    };
}

internal static class MessageJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new TypedIdJsonConverterFactory() } };
}

/// <param name="ownsTable">True in the platform's own context; the modules map the table to write to it.</param>
internal sealed class OutboxMessageConfiguration(bool ownsTable) : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox", Persistence.PlatformDbContext.SchemaName, t => t.ExcludeFromMigrations(!ownsTable));
        builder.HasKey(m => m.EventId);
        builder.Property(m => m.Module).HasMaxLength(40);
        builder.Property(m => m.Type).HasMaxLength(100);
    }
}
