using Engagement.Participation.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class ResponseFormConfiguration : IEntityTypeConfiguration<ResponseForm>
{
    public void Configure(EntityTypeBuilder<ResponseForm> builder)
    {
        builder.ToTable("response_form");
        builder.HasKey(f => f.ConsultationId);
        builder.Property(f => f.Version);
        builder.Property(f => f.Slug).HasMaxLength(100);
        builder.Property(f => f.Title).HasMaxLength(300);
        builder.Property(f => f.SealedDigest).HasMaxLength(64);
        builder.Ignore(f => f.IsSealed);
        builder.HasIndex(f => f.Slug).IsUnique().HasDatabaseName("response_form_slug");
        builder.HasIndex(f => f.ClosesAt).HasDatabaseName("response_form_by_close");
        builder.HasIndex(f => f.SealAt).HasFilter("sealed_at is null and seal_at is not null").HasDatabaseName("response_form_to_seal");
    }
}

internal sealed class ResponseConfiguration : IEntityTypeConfiguration<Response>
{
    public void Configure(EntityTypeBuilder<Response> builder)
    {
        builder.ToTable("response");
        builder.HasKey(r => new { r.ConsultationId, r.Id });
        builder.Property(r => r.Reference).HasMaxLength(12);
        builder.Property(r => r.IdempotencyKey).HasMaxLength(400);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.Channel).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Language).HasMaxLength(35);
        builder.Property(r => r.OnBehalfOf).HasMaxLength(200);
        builder.Property(r => r.LoggedBy).HasMaxLength(100);
        builder.Property(r => r.Ruling).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.RuledBy).HasMaxLength(100);
        builder.Property(r => r.RulingReason).HasMaxLength(1000);
        builder.Property(r => r.Answers).HasColumnType("jsonb");
        builder.Property(r => r.AutomationSign).HasConversion<string>().HasMaxLength(10);
        builder.Ignore(r => r.IsWithdrawn);
        builder.Ignore(r => r.IsCounted);
        builder.HasIndex(r => new { r.ConsultationId, r.IdempotencyKey }).IsUnique().HasDatabaseName("response_idempotency_key");
        builder.HasIndex(r => new { r.ConsultationId, r.ReceivedOn, r.Channel, r.IsLate, r.Ruling }).HasFilter("withdrawn_at is null").HasDatabaseName("response_arrivals");
        builder.HasIndex(r => r.Reference).IsUnique().HasDatabaseName(ResponseStore.ReferenceIndex);
        builder.HasIndex(r => r.ConsultationId).HasFilter("is_late and ruling is null and withdrawn_at is null").HasDatabaseName("response_waiting_for_ruling");
        builder.HasIndex(r => new { r.ConsultationId, r.Id }).HasFilter("is_late or entered_after_seal").HasDatabaseName("response_not_in_time");
        builder.HasIndex(r => new { r.ConsultationId, r.Id }, "response_suspected").HasFilter("automation_sign is not null").HasDatabaseName("response_suspected");
    }
}

internal sealed class ResponseVersionConfiguration : IEntityTypeConfiguration<ResponseVersion>
{
    public void Configure(EntityTypeBuilder<ResponseVersion> builder)
    {
        builder.ToTable("response_version");
        builder.HasKey(v => new { v.ConsultationId, v.ResponseId, v.Version });
        builder.Property(v => v.Language).HasMaxLength(35);
        builder.Property(v => v.OnBehalfOf).HasMaxLength(200);
        builder.Property(v => v.Answers).HasColumnType("jsonb");
    }
}
