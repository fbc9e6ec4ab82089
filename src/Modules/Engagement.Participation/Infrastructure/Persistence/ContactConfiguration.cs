using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Equality;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contact");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => new { c.ConsultationId, c.AddressHash }).IsUnique().HasDatabaseName("contact_address");
        builder.HasIndex(c => c.AddressHash).HasDatabaseName("contact_by_address");
    }
}

internal sealed class ContactResponseConfiguration : IEntityTypeConfiguration<ContactResponse>
{
    public void Configure(EntityTypeBuilder<ContactResponse> builder)
    {
        builder.ToTable("contact_response");
        builder.HasKey(c => new { c.ContactId, c.ResponseId });
        builder.HasIndex(c => c.ResponseId).HasDatabaseName("contact_response_by_response");
    }
}

internal sealed class EqualityAnswerSetConfiguration : IEntityTypeConfiguration<EqualityAnswerSet>
{
    public void Configure(EntityTypeBuilder<EqualityAnswerSet> builder)
    {
        builder.ToTable("equality_answers");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.QuestionSet).HasMaxLength(40);
        builder.Property(e => e.Answers).HasColumnType("jsonb");
        builder.HasIndex(e => e.ConsultationId).HasDatabaseName("equality_answers_of_consultation");
    }
}

internal sealed class AnnouncementConfiguration : IEntityTypeConfiguration<Announcement>
{
    public void Configure(EntityTypeBuilder<Announcement> builder)
    {
        builder.ToTable("announcement");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Occasion).HasMaxLength(60);
        builder.Property(a => a.Slug).HasMaxLength(100);
        builder.Property(a => a.Title).HasMaxLength(300);
        builder.Ignore(a => a.OutcomeVersion);
        builder.Ignore(a => a.Purpose);
        builder.Ignore(a => a.IsForContacts);
        builder.HasIndex(a => new { a.ConsultationId, a.Kind, a.Occasion }).IsUnique().HasDatabaseName("announcement_occasion");
        builder.HasIndex(a => a.CreatedAt).HasFilter("completed_at is null").HasDatabaseName("announcement_open");
    }
}
