using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Telling;

/// <summary>The person behind the address says yes. The link is good for one use; once more changes nothing.</summary>
/// <param name="Token">From the link in the message: it proves itself.</param>
[AllowsAnyone]
public sealed record ConfirmUpdates(string Token) : ICommand<UpdatesConfirmed>;

/// <param name="Token">Leads to the page on which the updates are changed and ended.</param>
public sealed record UpdatesConfirmed(string Token);

/// <summary>What a link would confirm. Looking confirms nothing: the programs that follow links in messages look too.</summary>
[AllowsAnyone]
public sealed record ShowUpdatesRequest(string Token) : IQuery<UpdatesRequestView>;

/// <param name="IsOpen">False once it was used, or a week after it was sent, or where there never was such a link.</param>
public sealed record UpdatesRequestView(bool IsOpen, IReadOnlyList<FollowView> Follows, IReadOnlyList<UpdatePurpose> Purposes);

/// <param name="Value">As it is named in a change: the topic, the area, or the consultation's id.</param>
/// <param name="Text">As people know it.</param>
public sealed record FollowView(FollowKind Kind, string Value, string Text, IReadOnlyList<UpdatePurpose> Purposes);

internal sealed class ConfirmUpdatesHandler(IParticipationDb db, MasterKey masterKey, TimeProvider clock)
    : IRequestHandler<ConfirmUpdates, UpdatesConfirmed>, IRequestHandler<ShowUpdatesRequest, UpdatesRequestView>
{
    public async Task<UpdatesConfirmed> Handle(ConfirmUpdates request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = UpdatesRequest.ReadToken(request.Token, masterKey) ?? throw new NotFoundException("request for updates");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Two presses at once: the second waits here and then finds it used.
        var asked = (await db.UpdatesRequests.FromSql($"select * from participation.updates_request where id = {id} for update").ToListAsync(cancellationToken)) is [var found] && found.IsOpen(now)
            ? found
            : throw new RuleBrokenException("link-used-or-expired", "This link has been used already, or it is more than a week old. Ask for updates again and we send you a new one.");
        var subscriberId = Subscriber.IdOf(asked.AddressHash);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into participation.subscriber (id, address_hash, address, confirmed_at) values ({subscriberId}, {asked.AddressHash}, {asked.Address}, {now}) on conflict (id) do nothing
            """,
            cancellationToken);
        var subscriber = await db.Subscribers.Include(s => s.Follows).SingleAsync(s => s.Id == subscriberId, cancellationToken);
        subscriber.Add(asked.Follows(), asked.Purposes, now);
        asked.Confirm(now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new UpdatesConfirmed(Subscriber.Token(subscriberId, masterKey));
    }

    public async Task<UpdatesRequestView> Handle(ShowUpdatesRequest request, CancellationToken cancellationToken)
    {
        return UpdatesRequest.ReadToken(request.Token, masterKey) is { } id && await db.UpdatesRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is { } asked
            ? new UpdatesRequestView(asked.IsOpen(clock.GetUtcNow()), await db.Show(asked.Follows().Select(f => (f, asked.Purposes)), cancellationToken), asked.Purposes)
            : new UpdatesRequestView(false, [], []);
    }
}

internal static class FollowViews
{
    public static async Task<IReadOnlyList<FollowView>> Show(
        this IParticipationDb db, IEnumerable<(FollowedThing Thing, IReadOnlyList<UpdatePurpose> Purposes)> follows, CancellationToken cancellationToken)
    {
        var all = follows.ToList();
        var ids = all.Where(f => f.Thing.Kind == FollowKind.Consultation).Select(f => Consultations.Contracts.ConsultationId.Parse(f.Thing.Value, null)).ToList();
        var titles = ids.Count == 0
            ? []
            : await db.Forms.AsNoTracking().Where(f => ids.Contains(f.ConsultationId)).ToDictionaryAsync(f => f.ConsultationId.ToString(), f => f.Title, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. all.Select(f => new FollowView(f.Thing.Kind, f.Thing.Value, f.Thing.Kind == FollowKind.Consultation ? titles.GetValueOrDefault(f.Thing.Value, "A consultation") : f.Thing.Value, f.Purposes))
                .OrderBy(f => f.Kind).ThenBy(f => f.Text, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
