using Engagement.Participation.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("draft");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Ignore(d => d.IsSent);
        builder.HasIndex(d => d.CodeHash).IsUnique().HasDatabaseName("draft_code");
        builder.HasIndex(d => d.ConsultationId, "draft_of_consultation").HasDatabaseName("draft_of_consultation");
        builder.HasIndex(d => d.ConsultationId, "draft_to_remind").HasFilter("reminder is not null").HasDatabaseName("draft_to_remind");
    }
}
