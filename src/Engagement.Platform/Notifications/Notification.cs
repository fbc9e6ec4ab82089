using System.Text.Json;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Platform.Notifications;

/// <summary>What a person reads. Plain text; nothing in it is a template any more.</summary>
/// <param name="UnsubscribeAddress">Leaves with one request and no sign-in (RFC 8058); null on a direct reply.</param>
public sealed record NotificationContent(string Subject, string Body, string? UnsubscribeAddress = null);

/// <summary>
/// A message to one person, queued in the transaction that caused it and sent by a job. The address and the words are
/// encrypted; the reference says what must not be sent twice.
/// </summary>
public sealed class Notification
{
    internal const string Purpose = "notification";

    private Notification()
    {
    }

    /// <summary>Also the message's id outside: the same on every attempt.</summary>
    public Guid Id { get; private init; }

    /// <summary>Unique: the occasion and the person, such as <c>outcome/{consultation}/{version}/{contact}</c>.</summary>
    public string Reference { get; private init; } = "";

    /// <summary>Such as <c>outcome-published</c>.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>What it is about, such as the consultation.</summary>
    public Guid SubjectId { get; private init; }

    public byte[] Recipient { get; private init; } = [];

    public byte[] Content { get; private init; } = [];

    public DateTimeOffset QueuedAt { get; private init; }

    public DateTimeOffset NotBefore { get; private init; }

    public int Attempts { get; private init; }

    public DateTimeOffset? ClaimedUntil { get; private init; }

    public DateTimeOffset? SentAt { get; private init; }

    public DateTimeOffset? FailedAt { get; private init; }

    /// <summary>A later message on the same matter made this one pointless before it was sent.</summary>
    public DateTimeOffset? SupersededAt { get; private init; }

    public string? Failure { get; private init; }

    /// <summary>How it went out: <c>smtp</c>, <c>govuk-notify</c> or <c>file</c>.</summary>
    public string? Channel { get; private init; }

    public static Notification To(
        string emailAddress, string kind, string reference, Guid subjectId, NotificationContent content, MasterKey masterKey, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        Reference = reference,
        Kind = kind,
        SubjectId = subjectId,
        Recipient = masterKey.Encrypt(Purpose, emailAddress),
        Content = masterKey.Encrypt(Purpose, JsonSerializer.SerializeToUtf8Bytes(content)),
        QueuedAt = now,
        NotBefore = now,
    };
}

/// <param name="ownsTable">True in the platform's own context; the modules map the table to write to it.</param>
internal sealed class NotificationConfiguration(bool ownsTable) : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notification", Persistence.PlatformDbContext.SchemaName, t => t.ExcludeFromMigrations(!ownsTable));
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Reference).HasMaxLength(200);
        builder.Property(n => n.Kind).HasMaxLength(60);
        builder.Property(n => n.Failure).HasMaxLength(500);
        builder.Property(n => n.Channel).HasMaxLength(20);
        builder.HasIndex(n => n.Reference).IsUnique().HasDatabaseName("notification_reference");
        builder.HasIndex(n => n.NotBefore).HasFilter("sent_at is null and failed_at is null and superseded_at is null").HasDatabaseName("notification_waiting");
        builder.HasIndex(n => new { n.SubjectId, n.Kind }).HasDatabaseName("notification_of_subject");
        builder.HasIndex(n => new { n.SubjectId, n.Id }, "log").HasDatabaseName("notification_log");
        builder.HasIndex(n => new { n.SubjectId, n.Id }, "failed").HasFilter("failed_at is not null").HasDatabaseName("notification_failed");
    }
}
