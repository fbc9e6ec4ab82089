using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Platform.Jobs;

/// <summary>How a job is doing. Written by <see cref="JobRuns"/>.</summary>
public sealed class JobRecord
{
    public string Name { get; private init; } = "";

    public DateTimeOffset LastRunAt { get; private init; }

    public DateTimeOffset? LastSuccessAt { get; private init; }

    public DateTimeOffset? LastFailureAt { get; private init; }

    /// <summary>Of the last failure, also after it went well again.</summary>
    public string? LastError { get; private init; }

    public TimeSpan LastDuration { get; private init; }

    /// <summary>0 while it goes well.</summary>
    public int FailuresInRow { get; private init; }

    /// <summary>How many things it has done since it is counted.</summary>
    public long Done { get; private init; }
}

/// <summary>One run that did something or failed.</summary>
public sealed class JobRun
{
    public long Id { get; private init; }

    public string Job { get; private init; } = "";

    public DateTimeOffset StartedAt { get; private init; }

    public DateTimeOffset EndedAt { get; private init; }

    public int Done { get; private init; }

    public string? Error { get; private init; }
}

internal sealed class JobRecordConfiguration : IEntityTypeConfiguration<JobRecord>
{
    public void Configure(EntityTypeBuilder<JobRecord> builder)
    {
        builder.ToTable("job");
        builder.HasKey(j => j.Name);
        builder.Property(j => j.Name).HasMaxLength(60);
        builder.Property(j => j.LastError).HasMaxLength(2000);
    }
}

internal sealed class JobRunConfiguration : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("job_run");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).UseIdentityAlwaysColumn();
        builder.Property(r => r.Job).HasMaxLength(60);
        builder.Property(r => r.Error).HasMaxLength(2000);
        builder.HasIndex(r => new { r.Job, r.Id }).HasDatabaseName("job_run_of_job");
    }
}
