using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Consultations.Infrastructure.Persistence;

internal sealed class ConsulteeListConfiguration : IEntityTypeConfiguration<ConsulteeList>
{
    public void Configure(EntityTypeBuilder<ConsulteeList> builder)
    {
        builder.ToTable("consultee_list");
        builder.HasKey(l => l.ConsultationId);
        builder.Property(l => l.Version);

        // Whom no regime names any more and nobody has notified goes; the history says that they were there.
        builder.HasMany(l => l.Consultees).WithOne().HasForeignKey("ConsultationId").IsRequired().OnDelete(DeleteBehavior.ClientCascade);
        builder.Navigation(l => l.Consultees).AutoInclude().HasField("consultees");
    }
}

internal sealed class ConsulteeConfiguration : IEntityTypeConfiguration<Consultee>
{
    public void Configure(EntityTypeBuilder<Consultee> builder)
    {
        builder.ToTable("consultee");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Regime).HasMaxLength(100);
        builder.Property(c => c.Name).HasMaxLength(500);
        builder.Property(c => c.ChasedOn);
        builder.Ignore(c => c.State);
        builder.Ignore(c => c.IsUnanswered);
        builder.Property<ConsultationId>("ConsultationId");
        builder.HasIndex("ConsultationId").HasDatabaseName("consultee_of_consultation");
    }
}
