using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Engagement.Engagements.Infrastructure.Persistence;

internal sealed class EngagementActivityConfiguration : IEntityTypeConfiguration<EngagementActivity>
{
    public void Configure(EntityTypeBuilder<EngagementActivity> builder)
    {
        builder.ToTable("engagement");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Reference).HasMaxLength(20);
        builder.HasIndex(e => e.Reference).IsUnique().HasDatabaseName("ix_engagement_reference");
        builder.Property(e => e.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Title).HasMaxLength(200);
        builder.Property(e => e.Department).HasMaxLength(100);
        builder.Property(e => e.Level).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.LeadName).HasMaxLength(200);
        builder.Property(e => e.LeadEmail).HasMaxLength(254);
        builder.Property(e => e.Version);

        // Values that are read and written whole, with the engagement.
        builder.Property(e => e.Plan).AsJson();
        builder.Property(e => e.Reviews).AsJson();
        builder.Property(e => e.Waivers).AsJson();
        builder.Property(e => e.Approval).AsJson();
        builder.Property(e => e.Activities).AsJson();
        builder.Property(e => e.Scores).AsJson();
        builder.Property(e => e.Evaluation).AsJson();
        builder.Ignore(e => e.IsCancelled).Ignore(e => e.IsApproved).Ignore(e => e.ChangeableFields).Ignore(e => e.Teams);

        // Rows of their own: other modules' events name the consultation only.
        builder.OwnsMany(e => e.Consultations, consultation =>
        {
            consultation.ToTable("engagement_consultation");
            consultation.HasKey(c => c.ConsultationId);
            consultation.Property(c => c.ConsultationId).ValueGeneratedNever();
            consultation.Property(c => c.Stage).HasConversion<string>().HasMaxLength(20);
            consultation.WithOwner().HasForeignKey("EngagementId");
        });
        builder.Navigation(e => e.Consultations).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasIndex(e => new { e.State, e.Id }).HasDatabaseName("ix_engagement_state");
        builder.HasIndex(e => new { e.Department, e.Id }).HasDatabaseName("ix_engagement_department");
        builder.HasIndex(e => e.LeadEmail).HasDatabaseName("ix_engagement_lead");

        // What people search by: the words of the title weigh more than those of the summary.
        builder.Property<NpgsqlTsVector>(SearchEngagements.Column).HasComputedColumnSql(
            "setweight(to_tsvector('english'::regconfig, title), 'A') || setweight(to_tsvector('english'::regconfig, coalesce(plan ->> 'summary', '')), 'B')", stored: true);
        builder.HasIndex(SearchEngagements.Column).HasMethod("gin").HasDatabaseName("ix_engagement_search");
    }
}
