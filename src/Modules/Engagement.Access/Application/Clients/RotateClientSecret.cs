using Engagement.Access.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Clients;

/// <summary>Another secret, shown once. The present one works no more; tokens that it got work for their 15 minutes.</summary>
[RequiresScope("administration:write")]
public sealed record RotateClientSecret(ApiClientId Id) : ICommand<string>;

internal sealed class RotateClientSecretHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<RotateClientSecret, string>
{
    public async Task<string> Handle(RotateClientSecret request, CancellationToken cancellationToken)
    {
        var client = await db.ApiClients.SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw new NotFoundException("client");
        var secret = client.RotateSecret(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }
}
