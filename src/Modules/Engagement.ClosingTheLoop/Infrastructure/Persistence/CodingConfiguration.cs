using Engagement.ClosingTheLoop.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.ClosingTheLoop.Infrastructure.Persistence;

internal sealed class ResponseCodingConfiguration : IEntityTypeConfiguration<ResponseCoding>
{
    // The consultation's id leads every key: it is the distribution key, and counts are per consultation.
    private const string Consultation = nameof(ResponseCoding.ConsultationId);
    private const string Response = nameof(ResponseCoding.ResponseId);
    private const string Question = nameof(CodedAnswer.QuestionCode);

    public void Configure(EntityTypeBuilder<ResponseCoding> builder)
    {
        builder.ToTable("response_coding");
        builder.HasKey(c => new { c.ConsultationId, c.ResponseId });
        builder.Property(c => c.Version);
        builder.OwnsMany(c => c.Answers, answer =>
        {
            answer.ToTable("coded_answer");
            answer.WithOwner().HasForeignKey(Consultation, Response);
            answer.HasKey(Consultation, Response, Question);
            answer.Property(a => a.QuestionCode).HasMaxLength(60).ValueGeneratedNever();
            answer.OwnsMany(a => a.Themes, theme =>
            {
                theme.ToTable("coded_theme");
                theme.WithOwner().HasForeignKey(Consultation, Response, Question).HasConstraintName("fk_coded_theme_coded_answer");
                theme.HasKey(Consultation, Response, Question, nameof(CodedTheme.ThemeId));
                theme.Property(t => t.ThemeId).ValueGeneratedNever();
                theme.HasOne<Theme>().WithMany().HasForeignKey(t => t.ThemeId).OnDelete(DeleteBehavior.Restrict);
                theme.HasIndex(t => t.ThemeId).HasDatabaseName("coded_theme_by_theme");
            });
        });
    }
}

internal sealed class QuotationConfiguration : IEntityTypeConfiguration<Quotation>
{
    public void Configure(EntityTypeBuilder<Quotation> builder)
    {
        builder.ToTable("quotation");
        builder.HasKey(q => q.Id);
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.QuestionCode).HasMaxLength(60);
        builder.Property(q => q.Text).HasMaxLength(Quotation.TextLength);
        builder.Property(q => q.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(q => q.Version);
        builder.HasIndex(q => new { q.ConsultationId, q.ResponseId, q.QuestionCode }).IsUnique().HasDatabaseName("quotation_of_answer");
    }
}
