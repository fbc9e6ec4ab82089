using Engagement.Consultations.Domain.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Consultations.Infrastructure.Persistence;

internal sealed class ConsultationNoticesConfiguration : IEntityTypeConfiguration<ConsultationNotices>
{
    public void Configure(EntityTypeBuilder<ConsultationNotices> builder)
    {
        builder.ToTable("notice_list");
        builder.HasKey(n => n.ConsultationId);
        builder.Property(n => n.Version);
        builder.Property(n => n.DecidedBy).HasMaxLength(200);
        builder.Property(n => n.Happened).IsJson();

        // A task that nothing demands any more goes; the history says that it was there.
        builder.HasMany(n => n.Notices).WithOne().HasForeignKey("ConsultationId").IsRequired().OnDelete(DeleteBehavior.ClientCascade);
        builder.Navigation(n => n.Notices).AutoInclude().HasField("notices");
    }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notice");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Demand);
        builder.Property(n => n.Regime).HasMaxLength(100);
        builder.Property(n => n.Responsible).HasMaxLength(200);
        builder.Property(n => n.Inputs);
        builder.Property(n => n.State).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex("ConsultationId").HasDatabaseName("notice_of_consultation");
        builder.HasIndex(n => n.DueOn).HasFilter("state = 'ToDo'").HasDatabaseName("notice_due");
    }
}

internal sealed class ProofConfiguration : IEntityTypeConfiguration<Proof>
{
    public void Configure(EntityTypeBuilder<Proof> builder)
    {
        builder.ToTable("proof");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(p => p.Name).HasMaxLength(2000);
        builder.Property(p => p.MediaType).HasMaxLength(100);
        builder.Property(p => p.Sha256).HasMaxLength(64);
        builder.Property(p => p.AddedBy).HasMaxLength(100);
        builder.HasIndex(p => p.ConsultationId).HasDatabaseName("proof_of_consultation");
    }
}

internal sealed class ProofContentConfiguration : IEntityTypeConfiguration<ProofContent>
{
    public void Configure(EntityTypeBuilder<ProofContent> builder)
    {
        builder.ToTable("proof_content");
        builder.HasKey(c => c.ProofId);
        builder.HasOne<Proof>().WithOne().HasForeignKey<ProofContent>(c => c.ProofId).OnDelete(DeleteBehavior.Restrict);
    }
}
