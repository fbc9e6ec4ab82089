using Engagement.Consultations.Domain.Calendars;
using Engagement.Consultations.Domain.LocalRegimes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Consultations.Infrastructure.Persistence;

internal sealed class CalendarEntryConfiguration : IEntityTypeConfiguration<CalendarEntry>
{
    public void Configure(EntityTypeBuilder<CalendarEntry> builder)
    {
        builder.ToTable("calendar_entry");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Title).HasMaxLength(120);
        builder.Property(e => e.Source).HasMaxLength(500);
        builder.Property(e => e.SourceAddress).HasMaxLength(500);
        builder.Property(e => e.RecordedBy).HasMaxLength(100);
        builder.Property(e => e.WithdrawnBy).HasMaxLength(100);

        // Nothing is recorded twice.
        builder.HasIndex(e => new { e.Kind, e.FirstDay }).IsUnique().HasFilter("withdrawn_at is null").HasDatabaseName("calendar_entry_days");
    }
}

internal sealed class TimetableCheckConfiguration : IEntityTypeConfiguration<TimetableCheck>
{
    public void Configure(EntityTypeBuilder<TimetableCheck> builder)
    {
        builder.ToTable("timetable_check");
        builder.HasKey(k => k.ConsultationId);
        builder.Property(k => k.Move).IsJson();

        // What an officer should look at.
        builder.HasIndex(k => k.ConsultationId).HasFilter("is_moved").HasDatabaseName("timetable_check_moved");
    }
}

internal sealed class LocalRegimeConfiguration : IEntityTypeConfiguration<LocalRegime>
{
    public void Configure(EntityTypeBuilder<LocalRegime> builder)
    {
        builder.ToTable("local_regime");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Code).HasMaxLength(60);
        builder.Property(r => r.Source).HasMaxLength(500);
        builder.Property(r => r.SourceAddress).HasMaxLength(500);
        builder.HasIndex(r => r.Code).IsUnique().HasDatabaseName("local_regime_code");
    }
}

internal sealed class DateFeedConfiguration : IEntityTypeConfiguration<DateFeed>
{
    public void Configure(EntityTypeBuilder<DateFeed> builder)
    {
        builder.ToTable("date_feed");
        builder.HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.HasIndex(f => f.OfficerId).IsUnique().HasDatabaseName("date_feed_of_officer");
        builder.HasIndex(f => f.KeyHash).IsUnique().HasDatabaseName("date_feed_key");
    }
}
