using Engagement.ClosingTheLoop.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.ClosingTheLoop.Infrastructure.Persistence;

internal sealed class LoopConfiguration : IEntityTypeConfiguration<Loop>
{
    public void Configure(EntityTypeBuilder<Loop> builder)
    {
        builder.ToTable("loop");
        builder.HasKey(l => l.ConsultationId);
        builder.Property(l => l.ConsultationId).ValueGeneratedNever();
        builder.Property(l => l.Slug).HasMaxLength(200);
        builder.Property(l => l.SealedDigest).HasMaxLength(64);
        builder.Property(l => l.Decision).IsJson();
        builder.Property(l => l.Draft).IsJson();
        builder.Property(l => l.Version);
        builder.Ignore(l => l.EarliestDecision);
        builder.ComplexProperty(l => l.Threshold, threshold =>
        {
            threshold.Property(t => t.Responses).HasColumnName("threshold_responses");
            threshold.Property(t => t.Share).HasColumnName("threshold_share");
        });
        builder.HasMany(l => l.Themes).WithOne().HasForeignKey(t => t.ConsultationId);
        builder.HasMany(l => l.Commitments).WithOne().HasForeignKey(c => c.ConsultationId);
        builder.Navigation(l => l.Themes).AutoInclude();
        builder.Navigation(l => l.Commitments).AutoInclude();
        builder.HasIndex(l => l.Slug).IsUnique().HasDatabaseName("loop_slug");
        builder.HasIndex(l => new { l.OutcomeDueOn, l.ConsultationId }).HasFilter("closed_loop_at is null").HasDatabaseName("loop_owed_by_due_date");
    }
}

internal sealed class ThemeConfiguration : IEntityTypeConfiguration<Theme>
{
    public void Configure(EntityTypeBuilder<Theme> builder)
    {
        builder.ToTable("theme");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Name).HasMaxLength(Theme.NameLength);
        builder.Property(t => t.Description).HasMaxLength(Theme.DescriptionLength);
        builder.HasOne<Theme>().WithMany().HasForeignKey(t => t.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Theme>().WithMany().HasForeignKey(t => t.MergedInto).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(t => t.IsOffered);
    }
}

internal sealed class CommitmentConfiguration : IEntityTypeConfiguration<Commitment>
{
    public void Configure(EntityTypeBuilder<Commitment> builder)
    {
        builder.ToTable("commitment");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Status).HasConversion<string>().HasMaxLength(20);
        builder.HasMany(c => c.Progress).WithOne().HasForeignKey(p => p.CommitmentId);
        builder.Navigation(c => c.Progress).AutoInclude();
        builder.HasIndex(c => new { c.DueOn, c.Id }).HasFilter("published_in is not null and status in ('Promised', 'InProgress')").HasDatabaseName("commitment_owed_by_due_date");
    }
}

internal sealed class CommitmentProgressConfiguration : IEntityTypeConfiguration<CommitmentProgress>
{
    public void Configure(EntityTypeBuilder<CommitmentProgress> builder)
    {
        builder.ToTable("commitment_progress");
        builder.HasKey(p => new { p.CommitmentId, p.Number });
        builder.Property(p => p.Number).ValueGeneratedNever();
        builder.Property(p => p.Status).HasConversion<string>().HasMaxLength(20);
    }
}

internal sealed class OutcomeVersionConfiguration : IEntityTypeConfiguration<OutcomeVersion>
{
    public void Configure(EntityTypeBuilder<OutcomeVersion> builder)
    {
        builder.ToTable("outcome_version");
        builder.HasKey(v => new { v.ConsultationId, v.Number });
        builder.Property(v => v.Number).ValueGeneratedNever();
        builder.Property(v => v.PublishedBy).HasMaxLength(100);
        builder.Property(v => v.Content).IsJson();
    }
}
