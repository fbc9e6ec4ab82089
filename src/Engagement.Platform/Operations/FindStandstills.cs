using Engagement.Kernel;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Operations;

/// <summary>What goes on only when somebody does something, counted in one statement.</summary>
[RequiresScope("administration:read")]
public sealed record FindStandstills : IQuery<Standstills>;

public sealed record Standstills(int ParkedEvents, int FailedNotifications);

internal sealed class FindStandstillsHandler(IPlatformDb db) : IRequestHandler<FindStandstills, Standstills>
{
    public Task<Standstills> Handle(FindStandstills request, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Standstills>(
            $"""
            select (select count(*)::int from platform.delivery where parked_at is not null and handled_at is null) as "ParkedEvents",
                   (select count(*)::int from platform.notification where failed_at is not null) as "FailedNotifications"
            """).SingleAsync(cancellationToken);
}
