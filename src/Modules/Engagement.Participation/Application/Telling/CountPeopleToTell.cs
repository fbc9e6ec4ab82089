using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Telling;

/// <summary>How many addresses would be told of an outcome now: each once, those who left out.</summary>
[RequiresScope("outcomes:read")]
public sealed record CountPeopleToTell(ConsultationId ConsultationId) : IQuery<int>;

internal sealed class CountPeopleToTellHandler(IParticipationDb db) : IRequestHandler<CountPeopleToTell, int>
{
    public Task<int> Handle(CountPeopleToTell request, CancellationToken cancellationToken) =>
        db.Contacts.CountAsync(c => c.ConsultationId == request.ConsultationId && c.UnsubscribedAt == null, cancellationToken);
}
