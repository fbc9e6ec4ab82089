using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Responses;

/// <summary>How many responses have come, by UK day of receipt and by channel; withdrawn ones are left out.</summary>
[RequiresScope("participation:read")]
public sealed record CountArrivals(ConsultationId ConsultationId) : IQuery<ArrivalsView>;

/// <param name="Days">What counts, by day and then by channel; days without a response are not there.</param>
/// <param name="LateWaiting">Came after the deadline and nobody has ruled on them yet; they do not count.</param>
/// <param name="LateRefused">Came after the deadline and were ruled out.</param>
/// <param name="CountedAt">The moment at which this was true.</param>
public sealed record ArrivalsView(IReadOnlyList<ArrivalsOfDay> Days, int LateWaiting, int LateRefused, DateTimeOffset CountedAt)
{
    public int Counted => Days.Sum(d => d.Count);
}

public sealed record ArrivalsOfDay(DateOnly ReceivedOn, ResponseChannel Channel, int Count);

internal sealed class CountArrivalsHandler(IParticipationDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<CountArrivals, ArrivalsView>
{
    public async Task<ArrivalsView> Handle(CountArrivals request, CancellationToken cancellationToken)
    {
        var groups = await db.Responses.AsNoTracking()
            .Where(r => r.ConsultationId == request.ConsultationId && r.WithdrawnAt == null)
            .GroupBy(r => new { r.ReceivedOn, r.Channel, r.IsLate, r.Ruling })
            .Select(g => new { g.Key.ReceivedOn, g.Key.Channel, g.Key.IsLate, g.Key.Ruling, Count = g.Count() })
            .ToListAsync(cancellationToken);
        if (groups.Count == 0 && await mediator.Send(new FindConsultation(request.ConsultationId), cancellationToken) is null)
        {
            throw new NotFoundException("consultation");
        }

        return new ArrivalsView(
            [.. from g in groups
                where !g.IsLate || g.Ruling == Ruling.Admitted
                group g.Count by (g.ReceivedOn, g.Channel) into day
                orderby day.Key.ReceivedOn, day.Key.Channel
                select new ArrivalsOfDay(day.Key.ReceivedOn, day.Key.Channel, day.Sum())],
            groups.Where(g => g.IsLate && g.Ruling is null).Sum(g => g.Count),
            groups.Where(g => g.Ruling == Ruling.Refused).Sum(g => g.Count),
            clock.GetUtcNow());
    }
}

/// <summary>Tells other modules the same of what counts.</summary>
internal sealed class FindArrivalsHandler(IParticipationDb db) : IRequestHandler<FindArrivals, IReadOnlyList<ArrivalFacts>>
{
    public async Task<IReadOnlyList<ArrivalFacts>> Handle(FindArrivals request, CancellationToken cancellationToken)
    {
        var groups = await db.Responses.AsNoTracking()
            .Where(r => r.ConsultationId == request.ConsultationId && r.WithdrawnAt == null && (!r.IsLate || r.Ruling == Ruling.Admitted))
            .GroupBy(r => new { r.ReceivedOn, r.Channel })
            .Select(g => new { g.Key.ReceivedOn, g.Key.Channel, Count = g.Count() })
            .ToListAsync(cancellationToken);
        return [.. groups.OrderBy(g => g.ReceivedOn).ThenBy(g => g.Channel).Select(g => new ArrivalFacts(g.ReceivedOn, g.Channel.ToString().ToLowerInvariant(), g.Count))];
    }
}
