using System.Collections.Concurrent;
using System.Reflection;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Platform.Application;
using Engagement.Platform.Security;
using MediatR;

namespace Engagement.Access.Application;

/// <summary>
/// Where an officer holds a right in some places only, asks where a thing belongs: a consultation to its engagement, an engagement to
/// its teams. Asked once for each thing in one request. Whoever holds the right everywhere costs no question.
/// </summary>
internal sealed class Rights(CurrentActor current, IMediator mediator) : IRights
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<PropertyInfo>> Ids = new();
    private readonly Dictionary<object, Place?> places = [];

    public async ValueTask<bool> May(string scope, object about, CancellationToken cancellationToken)
    {
        if (current.Has(scope))
        {
            return true;
        }

        if (!current.HasSomewhere(scope))
        {
            return false;
        }

        var things = ThingsOf(about).ToList();
        foreach (var thing in things)
        {
            // What is not there is nobody's: the handler says so.
            if (await PlaceOf(thing, cancellationToken) is { } place
                && !current.EngagementsWith(scope).Contains(place.Engagement.Value)
                && !current.TeamsWith(scope).Overlaps(place.Teams.Select(t => t.Value)))
            {
                return false;
            }
        }

        // A request that is about nothing in particular is about everything.
        return things.Count > 0;
    }

    private static IEnumerable<object> ThingsOf(object about) => about is EngagementId or ConsultationId ? [about]
        : Ids.GetOrAdd(about.GetType(), type => [.. type.GetProperties().Where(p => IsId(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType))])
            .Select(p => p.GetValue(about))
            .OfType<object>();

    private static bool IsId(Type type) => type == typeof(EngagementId) || type == typeof(ConsultationId);

    private async ValueTask<Place?> PlaceOf(object thing, CancellationToken cancellationToken)
    {
        if (places.TryGetValue(thing, out var known))
        {
            return known;
        }

        var engagement = thing is ConsultationId consultation ? (await mediator.Send(new FindConsultation(consultation), cancellationToken))?.EngagementId : (EngagementId)thing;
        var teams = engagement is { } id ? await mediator.Send(new FindTeamsOfEngagement(id), cancellationToken) : null;
        return places[thing] = teams is null ? null : new Place(engagement!.Value, teams);
    }

    private sealed record Place(EngagementId Engagement, IReadOnlyList<Contracts.TeamId> Teams);
}
