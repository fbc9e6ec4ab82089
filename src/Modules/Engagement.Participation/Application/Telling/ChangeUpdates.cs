using Engagement.Kernel;
using Engagement.Participation.Application.Erasing;
using Engagement.Participation.Domain;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Telling;

/// <summary>What somebody is told of, by the link in every message.</summary>
[AllowsAnyone]
public sealed record ShowUpdates(string Token) : IQuery<UpdatesView>;

/// <param name="Follows">Empty where nothing is followed any more.</param>
public sealed record UpdatesView(IReadOnlyList<FollowView> Follows);

/// <summary>From now on these, each for these purposes; what is not named stays as it is, what is named without a purpose ends.</summary>
[AllowsAnyone]
public sealed record ChangeUpdates(string Token, IReadOnlyList<FollowChange> Changes) : ICommand<Unit>;

public sealed record FollowChange(FollowKind Kind, string Value, IReadOnlyList<UpdatePurpose> Purposes);

/// <summary>Ends every message to the address and forgets it, also what is queued. Once more changes nothing.</summary>
[AllowsAnyone]
public sealed record LeaveUpdates(string Token) : ICommand<Unit>;

internal sealed class ChangeUpdatesValidator : AbstractValidator<ChangeUpdates>
{
    public ChangeUpdatesValidator() => RuleFor(c => c.Changes).Must(c => c.Count <= 1_000).WithMessage("Change fewer at once");
}

internal sealed class ChangeUpdatesHandler(IParticipationDb db, Erasures erasures, MasterKey masterKey, TimeProvider clock)
    : IRequestHandler<ShowUpdates, UpdatesView>, IRequestHandler<ChangeUpdates, Unit>, IRequestHandler<LeaveUpdates, Unit>
{
    public async Task<UpdatesView> Handle(ShowUpdates request, CancellationToken cancellationToken)
    {
        var id = Read(request.Token);
        var subscriber = await db.Subscribers.AsNoTracking().Include(s => s.Follows).SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        return new UpdatesView(subscriber is null ? [] : await db.Show(subscriber.Follows.Select(f => (new FollowedThing(f.Kind, f.Value), f.Purposes)), cancellationToken));
    }

    public async Task<Unit> Handle(ChangeUpdates request, CancellationToken cancellationToken)
    {
        var id = Read(request.Token);
        if (await db.Subscribers.Include(s => s.Follows).SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is { } subscriber)
        {
            foreach (var change in request.Changes)
            {
                subscriber.Change(new FollowedThing(change.Kind, change.Value), change.Purposes, clock.GetUtcNow());
            }

            if (subscriber.Follows.Count == 0)
            {
                // With the subscriber everything goes that was changed of it.
                db.ChangeTracker.Clear();
                return await Forget(id, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        return Unit.Value;
    }

    public Task<Unit> Handle(LeaveUpdates request, CancellationToken cancellationToken) => Forget(Read(request.Token), cancellationToken);

    private async Task<Unit> Forget(Guid id, CancellationToken cancellationToken)
    {
        await erasures.Erase(ErasureKind.Updates, id, cancellationToken);
        return Unit.Value;
    }

    private Guid Read(string token) => Subscriber.ReadToken(token, masterKey) ?? throw new NotFoundException("updates");
}
