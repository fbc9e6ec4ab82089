using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Consultations.Domain.LocalRegimes;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Engagement.Consultations.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IConsultationsDb : IModuleDb
{
    /// <summary>With their papers; the papers' bytes are read only where they are asked for.</summary>
    DbSet<Consultation> Consultations { get; }

    DbSet<DocumentContent> DocumentContents { get; }

    /// <summary>Read whole: each has tens of rows.</summary>
    DbSet<ConsultationAssurance> Assurances { get; }

    DbSet<RecordedTimetable> Timetables { get; }

    /// <summary>With their notices.</summary>
    DbSet<ConsultationNotices> NoticeLists { get; }

    /// <summary>With their consultees.</summary>
    DbSet<ConsulteeList> ConsulteeLists { get; }

    DbSet<Proof> Proofs { get; }

    DbSet<ProofContent> ProofContents { get; }

    /// <summary>What the council has recorded in its calendar, withdrawn entries too.</summary>
    DbSet<CalendarEntry> CalendarEntries { get; }

    DbSet<TimetableCheck> TimetableChecks { get; }

    DbSet<LocalRegime> LocalRegimes { get; }

    DbSet<DateFeed> DateFeeds { get; }

    DbSet<Notification> Notifications { get; }

    DatabaseFacade Database { get; }
}

internal static class ConsultationsDbExtensions
{
    /// <summary>Takes the consultation's row for the transaction that is under way, unless somebody else has it.</summary>
    /// <returns>False when somebody else is changing it at this moment, or when there is no such consultation.</returns>
    public static async Task<bool> TryLock(this IConsultationsDb db, ConsultationId id, CancellationToken cancellationToken) =>
        (await db.Database
            .SqlQuery<int>($"""select 1 as "Value" from consultations.consultation where id = {id.Value} for no key update skip locked""")
            .ToListAsync(cancellationToken)).Count == 1;

    /// <summary>As many of them as nobody else holds.</summary>
    public static async Task<List<ConsultationId>> TryLock(this IConsultationsDb db, IReadOnlyList<ConsultationId> ids, CancellationToken cancellationToken)
    {
        var values = ids.Select(i => i.Value).ToArray();
        var locked = await db.Database
            .SqlQuery<Guid>($"""select id as "Value" from consultations.consultation where id = any({values}) order by id for no key update skip locked""")
            .ToListAsync(cancellationToken);
        return locked.ConvertAll(id => new ConsultationId(id));
    }

    /// <exception cref="NotFoundException">There is no such consultation.</exception>
    public static async Task<Consultation> Load(this IConsultationsDb db, ConsultationId id, CancellationToken cancellationToken) =>
        await db.Consultations.SingleOrDefaultAsync(c => c.Id == id, cancellationToken) ?? throw new NotFoundException("consultation");

    /// <summary>The last part of a public address that nobody has yet, made from a title.</summary>
    public static async Task<string> FreeSlug(this IConsultationsDb db, string title, CancellationToken cancellationToken)
    {
        var slug = Slug.From(title);
        var taken = await db.Consultations.Where(c => c.Slug.StartsWith(slug)).Select(c => c.Slug).ToHashSetAsync(cancellationToken);
        return Slug.FirstFree(slug, taken);
    }

    /// <exception cref="NotFoundException">There is no such consultation.</exception>
    /// <exception cref="StaleVersionException">It has moved on.</exception>
    public static async Task<ConsultationAssurance> LoadAssurance(this IConsultationsDb db, ConsultationId id, int? expectedVersion, CancellationToken cancellationToken)
    {
        // Its three collections have tens of narrow rows each: multiplied in one statement they cost less than three more statements.
        var assurance = await db.Assurances.AsSingleQuery().SingleOrDefaultAsync(a => a.ConsultationId == id, cancellationToken) ?? throw new NotFoundException("consultation");
        assurance.MustBeAt(expectedVersion);
        return assurance;
    }

    /// <exception cref="NotFoundException">There is no such consultation.</exception>
    public static async Task MustExist(this IConsultationsDb db, ConsultationId id, CancellationToken cancellationToken)
    {
        if (!await db.Consultations.AnyAsync(c => c.Id == id, cancellationToken))
        {
            throw new NotFoundException("consultation");
        }
    }

    /// <summary>The same, for the caller who read a certain version of it.</summary>
    /// <exception cref="NotFoundException">There is no such consultation.</exception>
    /// <exception cref="StaleVersionException">It has moved on.</exception>
    public static async Task<Consultation> Load(this IConsultationsDb db, ConsultationId id, int? expectedVersion, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(id, cancellationToken);
        consultation.MustBeAt(expectedVersion);
        return consultation;
    }
}
