using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace Engagement.Platform.Audit;

/// <summary>
/// One thing that happened to one aggregate: who, what, when, why. Each entry's hash covers the one before it, so a changed
/// byte, a missing entry or a changed order shows.
/// </summary>
public sealed class HistoryEntry
{
    public Guid AggregateId { get; init; }

    /// <summary>Counts the entries of one aggregate from 1 without gaps.</summary>
    public int Position { get; init; }

    public string AggregateType { get; init; } = "";

    public string Event { get; init; } = "";

    /// <summary>The domain event as canonical JSON: members sorted, no white space.</summary>
    public string Data { get; init; } = "";

    /// <summary><c>kind:id</c>, such as <c>client:0190…</c> or <c>job:close-due-consultations</c>.</summary>
    public string Actor { get; init; } = "";

    public string? Reason { get; init; }

    public string RequestId { get; init; } = "";

    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>The hash of the entry before; 32 zero bytes for the first.</summary>
    public byte[] PreviousHash { get; init; } = [];

    /// <summary>SHA-256 of <see cref="PreviousHash"/> followed by the canonical JSON of everything above.</summary>
    public byte[] Hash { get; private set; } = [];

    internal HistoryEntry Sealed()
    {
        Hash = ComputeHash();
        return this;
    }

    internal byte[] ComputeHash() => SHA256.HashData([.. PreviousHash, .. Encoding.UTF8.GetBytes(Canonical())]);

    /// <summary>What the hash covers beside the hash before it, on one line.</summary>
    internal string Canonical() => CanonicalJson.Of(new JsonObject
    {
        ["actor"] = Actor,
        ["aggregate"] = AggregateId.ToString(),
        ["at"] = OccurredAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["data"] = Data,
        ["event"] = Event,
        ["position"] = Position,
        ["reason"] = Reason,
        ["requestId"] = RequestId,
        ["type"] = AggregateType,
    });

    /// <summary>An entry as it is stored, without its own hash. The columns stand in the order of the table, the hash of the entry last.</summary>
    internal static HistoryEntry Read(NpgsqlDataReader reader) => new()
    {
        AggregateId = reader.GetGuid(0),
        Position = reader.GetInt32(1),
        AggregateType = reader.GetString(2),
        Event = reader.GetString(3),
        Data = reader.GetString(4),
        Actor = reader.GetString(5),
        Reason = reader.IsDBNull(6) ? null : reader.GetString(6),
        RequestId = reader.GetString(7),
        OccurredAt = reader.GetFieldValue<DateTimeOffset>(8),
        PreviousHash = reader.GetFieldValue<byte[]>(9),
    };
}

internal sealed class HistoryEntryConfiguration : IEntityTypeConfiguration<HistoryEntry>
{
    public void Configure(EntityTypeBuilder<HistoryEntry> builder)
    {
        builder.ToTable("history");
        builder.HasKey(h => new { h.AggregateId, h.Position });
        builder.Property(h => h.AggregateType).HasMaxLength(100);
        builder.Property(h => h.Event).HasMaxLength(100);
        builder.Property(h => h.Actor).HasMaxLength(100);
        builder.Property(h => h.RequestId).HasMaxLength(100);
        builder.HasIndex(h => h.OccurredAt).HasDatabaseName("history_by_time");
    }
}

/// <summary>The end of an aggregate's chain, kept so that the next entry finds it and the sealing job finds what is new.</summary>
public sealed class HistoryHead
{
    public Guid AggregateId { get; init; }

    public int Position { get; set; }

    public byte[] Hash { get; set; } = [];

    /// <summary>The position up to which a seal covers the chain; 0 while none does.</summary>
    public int SealedPosition { get; set; }
}

internal sealed class HistoryHeadConfiguration : IEntityTypeConfiguration<HistoryHead>
{
    public void Configure(EntityTypeBuilder<HistoryHead> builder)
    {
        builder.ToTable("history_head");
        builder.HasKey(h => h.AggregateId);
        builder.Property(h => h.Position).IsConcurrencyToken();
        builder.HasIndex(h => h.AggregateId).HasFilter("sealed_position < position").HasDatabaseName("history_head_unsealed");
    }
}
