using Engagement.Access.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Clients;

/// <summary>Ends a client for good: its tokens open nothing from the next request on.</summary>
[RequiresScope("administration:write")]
public sealed record DisableApiClient(ApiClientId Id, string? Reason) : ICommand<Unit>;

internal sealed class DisableApiClientValidator : AbstractValidator<DisableApiClient>
{
    public DisableApiClientValidator() => RuleFor(c => c.Reason).Reason("Enter why the client is disabled");
}

internal sealed class DisableApiClientHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<DisableApiClient, Unit>
{
    public async Task<Unit> Handle(DisableApiClient request, CancellationToken cancellationToken)
    {
        var client = await db.ApiClients.SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw new NotFoundException("client");
        client.Disable(request.Reason!, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
