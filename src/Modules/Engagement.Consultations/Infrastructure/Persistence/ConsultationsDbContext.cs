using Engagement.Consultations.Application;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Consultations.Domain.LocalRegimes;
using Engagement.Consultations.Domain.Notices;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Infrastructure.Persistence;

internal sealed class ConsultationsDbContext(DbContextOptions<ConsultationsDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new ConsultationsPublishedEvents()), IConsultationsDb
{
    public const string SchemaName = "consultations";

    public override string Schema => SchemaName;

    public DbSet<Consultation> Consultations => Set<Consultation>();

    public DbSet<DocumentContent> DocumentContents => Set<DocumentContent>();

    public DbSet<ConsultationAssurance> Assurances => Set<ConsultationAssurance>();

    public DbSet<RecordedTimetable> Timetables => Set<RecordedTimetable>();

    public DbSet<ConsultationNotices> NoticeLists => Set<ConsultationNotices>();

    public DbSet<ConsulteeList> ConsulteeLists => Set<ConsulteeList>();

    public DbSet<Proof> Proofs => Set<Proof>();

    public DbSet<ProofContent> ProofContents => Set<ProofContent>();

    public DbSet<CalendarEntry> CalendarEntries => Set<CalendarEntry>();

    public DbSet<TimetableCheck> TimetableChecks => Set<TimetableCheck>();

    public DbSet<LocalRegime> LocalRegimes => Set<LocalRegime>();

    public DbSet<DateFeed> DateFeeds => Set<DateFeed>();
}
