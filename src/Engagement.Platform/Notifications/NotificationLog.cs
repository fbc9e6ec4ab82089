using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Notifications;

public enum NotificationState
{
    Waiting,
    Sent,
    Failed,
    Superseded,
}

/// <summary>One message without its address and its words.</summary>
/// <param name="SubjectId">What it is about, such as the consultation.</param>
/// <param name="NextAttemptAt">While it waits: not before then.</param>
/// <param name="Failure">Why it failed, or why the last attempt did.</param>
/// <param name="Channel">How it went out: <c>smtp</c>, <c>govuk-notify</c> or <c>file</c>.</param>
public sealed record NotificationRow(
    Guid Id,
    string Kind,
    Guid SubjectId,
    NotificationState State,
    DateTimeOffset QueuedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? NextAttemptAt,
    int Attempts,
    string? Failure,
    string? Channel);

public sealed record NotificationCount(string Kind, int Waiting, int Sent, int Failed, int Superseded);

/// <param name="Counts">By kind; where it is not about one subject, of the last 30 days.</param>
public sealed record NotificationLogPage(IReadOnlyList<NotificationCount> Counts, IReadOnlyList<NotificationRow> Items, string? Next);

public sealed record Resent(int Count);

/// <summary>What became of the messages to people, overall or about one thing.</summary>
public sealed class NotificationLog(IPlatformDb db, TimeProvider clock)
{
    private static readonly TimeSpan Counted = TimeSpan.FromDays(30);

    /// <summary>Latest first.</summary>
    /// <param name="subject">Null for every subject.</param>
    public async Task<NotificationLogPage> ReadAsync(
        Guid? subject, string? kind, NotificationState? state, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var about = db.Notifications.AsNoTracking().Where(n => subject == null || n.SubjectId == subject);
        var before = Cursor.Read(cursor);
        var count = Cursor.Limit(limit);
        var rows = await In(state, about)
            .Where(n => (kind == null || n.Kind == kind) && (before == null || n.Id < before))
            .OrderByDescending(n => n.Id)
            .Take(count + 1)
            .Select(n => new NotificationRow(
                n.Id,
                n.Kind,
                n.SubjectId,
                n.SentAt != null ? NotificationState.Sent : n.FailedAt != null ? NotificationState.Failed : n.SupersededAt != null ? NotificationState.Superseded : NotificationState.Waiting,
                n.QueuedAt,
                n.SentAt ?? n.FailedAt ?? n.SupersededAt,
                n.SentAt == null && n.FailedAt == null && n.SupersededAt == null ? n.NotBefore : null,
                n.Attempts,
                n.Failure,
                n.Channel))
            .ToListAsync(cancellationToken);

        // Ids begin with the time at which they were made.
        var since = Guid.CreateVersion7(clock.GetUtcNow() - Counted);
        var counts = await about.Where(n => subject != null || n.Id > since)
            .GroupBy(n => n.Kind)
            .Select(g => new NotificationCount(
                g.Key,
                g.Count(n => n.SentAt == null && n.FailedAt == null && n.SupersededAt == null),
                g.Count(n => n.SentAt != null),
                g.Count(n => n.FailedAt != null),
                g.Count(n => n.SupersededAt != null)))
            .ToListAsync(cancellationToken);
        var page = Cursor.Cut(rows, count, r => r.Id);
        return new NotificationLogPage([.. counts.OrderBy(c => c.Kind, StringComparer.Ordinal)], page.Items, page.Next);
    }

    /// <summary>
    /// Sends again what failed, under the same ids, and nothing else. Two who ask at once send each message once. On record under
    /// what the messages are about.
    /// </summary>
    public async Task<Resent> ResendFailedAsync(Guid? subject, string? kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // A request with an Idempotency-Key has begun one already.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var again = await db.Database.SqlQuery<ResentRow>(
            $"""
            update platform.notification set failed_at = null, failure = null, attempts = 0, claimed_until = null, not_before = {now}
             where failed_at is not null and superseded_at is null
               and ({subject}::uuid is null or subject_id = {subject}::uuid) and ({kind}::text is null or kind = {kind}::text)
            returning subject_id as "SubjectId", kind as "Kind"
            """).ToListAsync(cancellationToken);
        foreach (var group in again.GroupBy(r => r))
        {
            db.Record(group.Key.SubjectId, nameof(Notification), new NotificationsResent(group.Key.SubjectId, group.Key.Kind, group.Count(), now));
        }

        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return new Resent(again.Count);
    }

    private static IQueryable<Notification> In(NotificationState? state, IQueryable<Notification> notifications) => state switch
    {
        NotificationState.Waiting => notifications.Where(n => n.SentAt == null && n.FailedAt == null && n.SupersededAt == null),
        NotificationState.Sent => notifications.Where(n => n.SentAt != null),
        NotificationState.Failed => notifications.Where(n => n.FailedAt != null),
        NotificationState.Superseded => notifications.Where(n => n.SupersededAt != null),
        _ => notifications,
    };

    private sealed record ResentRow(Guid SubjectId, string Kind);
}

internal sealed record NotificationsResent(Guid SubjectId, string Kind, int Count, DateTimeOffset At) : IDomainEvent;
