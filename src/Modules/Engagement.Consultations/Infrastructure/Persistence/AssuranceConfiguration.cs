using Engagement.Consultations.Domain.Assurance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Consultations.Infrastructure.Persistence;

internal sealed class ConsultationAssuranceConfiguration : IEntityTypeConfiguration<ConsultationAssurance>
{
    public void Configure(EntityTypeBuilder<ConsultationAssurance> builder)
    {
        builder.ToTable("assurance");
        builder.HasKey(a => a.ConsultationId);
        builder.Property(a => a.ConsultationId).ValueGeneratedNever();
        builder.Property(a => a.Version);
        builder.Property(a => a.MidPoint).IsJson();
        builder.HasMany(a => a.Evidence).WithOne().HasForeignKey(e => e.ConsultationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.Judgements).WithOne().HasForeignKey(j => j.ConsultationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.Checkpoints).WithOne().HasForeignKey(c => c.ConsultationId).OnDelete(DeleteBehavior.Restrict);
        builder.Navigation(a => a.Evidence).AutoInclude().HasField("evidence");
        builder.Navigation(a => a.Judgements).AutoInclude().HasField("judgements");
        builder.Navigation(a => a.Checkpoints).AutoInclude().HasField("checkpoints");
    }
}

internal sealed class EvidenceItemConfiguration : IEntityTypeConfiguration<EvidenceItem>
{
    public void Configure(EntityTypeBuilder<EvidenceItem> builder)
    {
        builder.ToTable("evidence");
        builder.HasKey(e => new { e.ConsultationId, e.Number });
        builder.Property(e => e.Number).ValueGeneratedNever();
        builder.Property(e => e.Practice).HasMaxLength(40);
        builder.Property(e => e.By).HasColumnName("added_by").HasMaxLength(100);
        builder.Property(e => e.At).HasColumnName("added_at");
    }
}

internal sealed class JudgementConfiguration : IEntityTypeConfiguration<Judgement>
{
    public void Configure(EntityTypeBuilder<Judgement> builder)
    {
        builder.ToTable("judgement");
        builder.HasKey(j => new { j.ConsultationId, j.Number });
        builder.Property(j => j.Number).ValueGeneratedNever();
        builder.Property(j => j.Stage).HasConversion<string>().HasMaxLength(20);
        builder.Property(j => j.Practice).HasMaxLength(40);
        builder.Property(j => j.Status).HasConversion<string>().HasMaxLength(10);
        builder.Property(j => j.Known).IsJson();
        builder.Property(j => j.By).HasColumnName("judged_by").HasMaxLength(100);
        builder.Property(j => j.At).HasColumnName("judged_at");
    }
}

internal sealed class CheckpointConfiguration : IEntityTypeConfiguration<Checkpoint>
{
    public void Configure(EntityTypeBuilder<Checkpoint> builder)
    {
        builder.ToTable("checkpoint");
        builder.HasKey(c => new { c.ConsultationId, c.Number });
        builder.Property(c => c.Number).ValueGeneratedNever();
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Sha256).HasMaxLength(64);
        builder.Property(c => c.By).HasColumnName("signed_by").HasMaxLength(100);
        builder.Property(c => c.At).HasColumnName("signed_at");
    }
}
