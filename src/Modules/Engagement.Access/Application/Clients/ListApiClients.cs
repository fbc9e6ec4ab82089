using Engagement.Access.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Clients;

/// <summary>Every API client by name, those that work first.</summary>
[RequiresScope("administration:read")]
public sealed record ListApiClients : IQuery<IReadOnlyList<ApiClientRow>>;

public sealed record ApiClientRow(ApiClientId Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

internal sealed class ListApiClientsHandler(IAccessDb db) : IRequestHandler<ListApiClients, IReadOnlyList<ApiClientRow>>
{
    public async Task<IReadOnlyList<ApiClientRow>> Handle(ListApiClients request, CancellationToken cancellationToken) =>
        await db.ApiClients.AsNoTracking()
            .OrderBy(c => c.DisabledAt != null).ThenBy(c => c.Name).ThenBy(c => c.Id)
            .Select(c => new ApiClientRow(c.Id, c.Name, c.Scopes, c.CreatedAt, c.DisabledAt))
            .ToListAsync(cancellationToken);
}

[RequiresScope("administration:read")]
public sealed record ShowApiClient(ApiClientId Id) : IQuery<ApiClientRow>;

internal sealed class ShowApiClientHandler(IAccessDb db) : IRequestHandler<ShowApiClient, ApiClientRow>
{
    public async Task<ApiClientRow> Handle(ShowApiClient request, CancellationToken cancellationToken) =>
        await db.ApiClients.AsNoTracking()
            .Where(c => c.Id == request.Id)
            .Select(c => new ApiClientRow(c.Id, c.Name, c.Scopes, c.CreatedAt, c.DisabledAt))
            .SingleOrDefaultAsync(cancellationToken)
        ?? throw new NotFoundException("client");
}
