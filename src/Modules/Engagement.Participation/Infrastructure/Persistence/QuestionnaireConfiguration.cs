using Engagement.Participation.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class QuestionnaireConfiguration : IEntityTypeConfiguration<Questionnaire>
{
    public void Configure(EntityTypeBuilder<Questionnaire> builder)
    {
        builder.ToTable("questionnaire");
        builder.HasKey(q => q.Id);
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.Version);
        builder.Property(q => q.LatestDigest).HasMaxLength(64);
        builder.HasIndex(q => q.ConsultationId).IsUnique().HasDatabaseName("questionnaire_of_consultation");
    }
}

internal sealed class QuestionnaireVersionConfiguration : IEntityTypeConfiguration<QuestionnaireVersion>
{
    public void Configure(EntityTypeBuilder<QuestionnaireVersion> builder)
    {
        builder.ToTable("questionnaire_version");
        builder.HasKey(v => new { v.ConsultationId, v.Number });
        builder.Property(v => v.Digest).HasMaxLength(64);
    }
}
