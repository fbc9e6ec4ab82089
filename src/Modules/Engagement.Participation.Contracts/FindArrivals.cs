using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Participation.Contracts;

/// <summary>How many responses count, by UK day of receipt and then by channel; days without a response are not there.</summary>
[InternalRequest]
public sealed record FindArrivals(ConsultationId ConsultationId) : IQuery<IReadOnlyList<ArrivalFacts>>;

/// <param name="Channel">Such as <c>web</c> or <c>paper</c>.</param>
public sealed record ArrivalFacts(DateOnly ReceivedOn, string Channel, int Count);
