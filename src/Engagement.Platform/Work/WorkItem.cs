using System.Text.Json;
using Engagement.Kernel;
using Engagement.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Platform.Work;

public enum WorkState
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>
/// Something that takes longer than a request may: somebody asks for it, a worker does it, and whoever asked comes back for the
/// result. A worker holds it by a lease; one that is killed loses the lease, and the next attempt begins anew.
/// </summary>
public sealed class WorkItem : AggregateRoot
{
    /// <summary>What one person may have waiting or under way at once.</summary>
    public const int UnfinishedAtMost = 5;

    private WorkItem()
    {
    }

    public WorkId Id { get; private init; }

    public override Guid Identity => Id.Value;

    /// <summary>Names the handler, such as <c>export-responses</c>.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>What it is in words for people, such as <c>Responses to “Rural buses” as CSV</c>.</summary>
    public string Title { get; private init; } = "";

    /// <summary><c>kind:id</c> of the actor who asked.</summary>
    public string AskedBy { get; private init; } = "";

    /// <summary>The consultation or engagement it is about; null where it is about neither.</summary>
    public Guid? About { get; private init; }

    /// <summary>What the handler needs, as JSON; never personal data.</summary>
    public string Parameters { get; private init; } = "";

    public WorkState State { get; private set; }

    /// <summary>How often a worker has taken it up; it also fences off a worker that lost the lease.</summary>
    public int Attempts { get; private init; }

    public long Done { get; private init; }

    /// <summary>Null while nobody knows.</summary>
    public long? Total { get; private init; }

    public string? Message { get; private init; }

    public DateTimeOffset QueuedAt { get; private init; }

    public DateTimeOffset? StartedAt { get; private init; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The first instant at which another worker may take it up.</summary>
    public DateTimeOffset? LeaseUntil { get; private init; }

    public DateTimeOffset? CancelRequestedAt { get; private set; }

    public string? FileName { get; private init; }

    public string? FileType { get; private init; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; private init; }

    /// <summary>The first instant at which the file is not given out any more.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When what it had stored was removed.</summary>
    public DateTimeOffset? ClearedAt { get; private init; }

    public static WorkItem AskedFor(string kind, string title, object parameters, Guid? about, Actor by, DateTimeOffset now)
    {
        var item = new WorkItem
        {
            Id = WorkId.New(),
            Kind = kind,
            Title = title,
            AskedBy = by.ToString(),
            About = about,
            Parameters = JsonSerializer.Serialize(parameters, parameters.GetType(), MessageJson.Options),
            QueuedAt = now,
        };
        item.Raise(new WorkAsked(item.Id, kind, about, now));
        return item;
    }

    /// <summary>Stops it: at once where it waits, as soon as its worker looks where it is under way. Stopping what has ended changes nothing.</summary>
    public void Cancel(DateTimeOffset now)
    {
        if (State == WorkState.Queued)
        {
            State = WorkState.Cancelled;
            FinishedAt = now;
            ExpiresAt = now + WorkRunner.KeptFor;
        }
        else if (State != WorkState.Running || CancelRequestedAt is not null)
        {
            return;
        }

        CancelRequestedAt = now;
        Raise(new WorkCancelled(Id, now));
    }

    /// <summary>Puts on record that somebody took the file.</summary>
    /// <exception cref="RuleBrokenException"><c>no-file</c> while there is none; <c>file-expired</c> once it is not kept any more.</exception>
    public void Take(DateTimeOffset now)
    {
        if (State != WorkState.Done || FileName is null)
        {
            throw new RuleBrokenException("no-file", "There is no file to download: the work has not ended, or it makes none. Look at its progress.");
        }

        if (ClearedAt is not null || now >= ExpiresAt)
        {
            throw new RuleBrokenException("file-expired", $"The file was kept for {WorkRunner.KeptFor.TotalDays:0} days and has been removed. Ask for it again.");
        }

        Raise(new WorkFileTaken(Id, now));
    }
}

internal sealed record WorkAsked(WorkId WorkId, string Kind, Guid? About, DateTimeOffset At) : IDomainEvent;

internal sealed record WorkCancelled(WorkId WorkId, DateTimeOffset At) : IDomainEvent;

internal sealed record WorkFileTaken(WorkId WorkId, DateTimeOffset At) : IDomainEvent;

internal sealed class WorkItemConfiguration : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("work");
        builder.HasKey(w => w.Id);
        builder.Property(w => w.Kind).HasMaxLength(60);
        builder.Property(w => w.Title).HasMaxLength(300);
        builder.Property(w => w.AskedBy).HasMaxLength(100);
        builder.Property(w => w.Parameters).HasColumnType("jsonb");
        builder.Property(w => w.State).HasConversion<string>().HasMaxLength(10);
        builder.Property(w => w.Message).HasMaxLength(1000);
        builder.Property(w => w.FileName).HasMaxLength(200);
        builder.Property(w => w.FileType).HasMaxLength(100);
        builder.HasIndex(w => w.QueuedAt).HasFilter("state in ('Queued', 'Running')").HasDatabaseName("work_unfinished");
        builder.HasIndex(w => new { w.AskedBy, w.QueuedAt }).HasDatabaseName("work_of_asker");
        builder.HasIndex(w => w.ExpiresAt).HasFilter("cleared_at is null").HasDatabaseName("work_to_clear");
    }
}
