using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Engagement.Consultations.Infrastructure.Persistence;

internal sealed class ConsultationConfiguration : IEntityTypeConfiguration<Consultation>
{
    public void Configure(EntityTypeBuilder<Consultation> builder)
    {
        builder.ToTable("consultation");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Version);
        builder.Property(c => c.Slug).HasMaxLength(100);
        builder.Property(c => c.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Authors);
        builder.Property(c => c.ProposedExtension).IsJson();
        builder.Property(c => c.Extensions).IsJson();
        builder.Property(c => c.ResponseDigest).HasMaxLength(64);
        builder.Ignore(c => c.Details);
        builder.Ignore(c => c.OutcomeDueOn);
        builder.Ignore(c => c.MayBeShown);
        builder.ComplexProperty(c => c.Content, content =>
        {
            content.Property(c => c.Title).HasColumnName("title").HasMaxLength(200);
            content.Property(c => c.Summary).HasColumnName("summary");
            content.Property(c => c.WhyNow).HasColumnName("why_now");
            content.Property(c => c.WhoDecides).HasColumnName("who_decides");
            content.Property(c => c.WhatHappensNext).HasColumnName("what_happens_next");
            content.Property(c => c.WhatCanChange).HasColumnName("what_can_change");
            content.Property(c => c.WhatCannotChange).HasColumnName("what_cannot_change");
            content.Property(c => c.HowAnswersCount).HasColumnName("how_answers_count");
            content.Property(c => c.Regimes).HasColumnName("regimes");
            content.Property(c => c.Inputs).HasColumnName("inputs").IsJson();
            content.Property(c => c.OutcomeDueWeeks).HasColumnName("outcome_due_weeks");
            content.Property(c => c.ThresholdResponses).HasColumnName("threshold_responses");
            content.Property(c => c.ThresholdShare).HasColumnName("threshold_share").HasPrecision(5, 4);
            content.Property(c => c.EqualityAnswers).HasColumnName("equality_answers").HasConversion<string>().HasMaxLength(10);
            content.Property(c => c.PrivacyNotice).HasColumnName("privacy_notice");
            content.Property(c => c.PrivacyContact).HasColumnName("privacy_contact");
            content.Property(c => c.OfflineRoute).HasColumnName("offline_route");
            content.Property(c => c.AlternativeFormats).HasColumnName("alternative_formats");
            content.Property(c => c.EasyReadDocument).HasColumnName("easy_read_document").HasMaxLength(120);
            content.Property(c => c.EasyReadWaiver).HasColumnName("easy_read_waiver");
            content.Property(c => c.Topics).HasColumnName("topics");
            content.Property(c => c.Areas).HasColumnName("areas");
            content.Property(c => c.Audiences).HasColumnName("audiences");
            content.Property(c => c.Events).HasColumnName("events").IsJson();
            content.Ignore(c => c.AnswerThreshold);
        });
        builder.OwnsOne(c => c.Period, period =>
        {
            period.Property(p => p.OpensOn).HasColumnName("opens_on");
            period.Property(p => p.OpensTime).HasColumnName("opens_time");
            period.Property(p => p.OpensSecond).HasColumnName("opens_second");
            period.Property(p => p.ClosesOn).HasColumnName("closes_on");
            period.Property(p => p.ClosesTime).HasColumnName("closes_time");
            period.Property(p => p.ClosesSecond).HasColumnName("closes_second");
            period.Property(p => p.OpensAt).HasColumnName("opens_at");
            period.Property(p => p.ClosesAt).HasColumnName("closes_at");
            period.Ignore(p => p.Opens);
            period.Ignore(p => p.Closes);
            period.Ignore(p => p.LastDay);
            period.Ignore(p => p.LastWholeDay);

            // What the two jobs ask for every second.
            period.HasIndex(p => p.OpensAt).HasFilter("status = 'Scheduled'").HasDatabaseName("consultation_due_to_open");
            period.HasIndex([nameof(ConsultationPeriod.ClosesAt)], "due to close").HasFilter("status = 'Open'").HasDatabaseName("consultation_due_to_close");

            // What the public sees first.
            period.HasIndex([nameof(ConsultationPeriod.ClosesAt)], "by close").HasDatabaseName("consultation_by_close");
        });
        builder.Navigation(c => c.Period).IsRequired();
        builder.ComplexProperty(c => c.Approval, approval =>
        {
            approval.Property(a => a.By).HasColumnName("approved_by").HasMaxLength(100);
            approval.Property(a => a.At).HasColumnName("approved_at");
            approval.Property(a => a.Version).HasColumnName("approved_version");
            approval.Property(a => a.QuestionnaireVersion).HasColumnName("questionnaire_version");
            approval.Property(a => a.QuestionnaireDigest).HasColumnName("questionnaire_digest").HasMaxLength(64);
        });
        builder.ComplexProperty(c => c.Decision, decision =>
        {
            decision.Property(d => d.Body).HasColumnName("decision_body");
            decision.Property(d => d.DecidedOn).HasColumnName("decided_on");
        });
        builder.HasMany(c => c.Documents).WithOne().HasForeignKey("ConsultationId").IsRequired().OnDelete(DeleteBehavior.Restrict);
        builder.Navigation(c => c.Documents).AutoInclude().HasField("documents");

        // Made by the database from title and summary; only the public's search reads it.
        builder.Property<NpgsqlTsVector>(ListPublicConsultationsHandler.SearchWords).IsRequired().ValueGeneratedOnAddOrUpdate();
        builder.HasIndex(ListPublicConsultationsHandler.SearchWords).HasMethod("gin").HasDatabaseName("consultation_search");
        builder.HasIndex(c => c.Slug).IsUnique().HasDatabaseName("consultation_slug");
        builder.HasIndex(c => c.RestartOf).IsUnique().HasDatabaseName("consultation_restart_of");
        builder.HasIndex(c => c.EngagementId).HasDatabaseName("consultation_of_engagement");
    }
}

internal sealed class ConsultationDocumentConfiguration : IEntityTypeConfiguration<ConsultationDocument>
{
    public void Configure(EntityTypeBuilder<ConsultationDocument> builder)
    {
        builder.ToTable("document");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Name).HasMaxLength(120);
        builder.Property(d => d.MediaType).HasMaxLength(100);
        builder.Property(d => d.Sha256).HasMaxLength(64);
        builder.Property(d => d.AddedBy).HasMaxLength(100);
        builder.HasOne(d => d.Content).WithOne().HasForeignKey<DocumentContent>(c => c.DocumentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex("ConsultationId", nameof(ConsultationDocument.Name), nameof(ConsultationDocument.Version)).IsUnique().HasDatabaseName("document_of_consultation");
    }
}

internal sealed class DocumentContentConfiguration : IEntityTypeConfiguration<DocumentContent>
{
    public void Configure(EntityTypeBuilder<DocumentContent> builder)
    {
        builder.ToTable("document_content");
        builder.HasKey(c => c.DocumentId);
    }
}

internal sealed class RecordedTimetableConfiguration : IEntityTypeConfiguration<Application.RecordedTimetable>
{
    public void Configure(EntityTypeBuilder<Application.RecordedTimetable> builder)
    {
        builder.ToTable("timetable");
        builder.HasKey(t => new { t.ConsultationId, t.Version });
        builder.Property(t => t.Timetable).IsJson();
        builder.Property(t => t.Reasons).IsJson();
    }
}
