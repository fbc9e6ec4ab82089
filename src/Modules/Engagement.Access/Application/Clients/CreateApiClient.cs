using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;

namespace Engagement.Access.Application.Clients;

[RequiresScope("administration:write")]
public sealed record CreateApiClient(string? Name, IReadOnlyList<string> Scopes) : ICommand<CreatedApiClient>;

/// <param name="Secret">Shown once; only its hash is kept.</param>
public sealed record CreatedApiClient(ApiClientId Id, string Secret);

internal sealed class CreateApiClientValidator : AbstractValidator<CreateApiClient>
{
    public CreateApiClientValidator()
    {
        RuleFor(c => c.Name).NotEmpty().WithMessage("Enter a name for the client").MaximumLength(100).WithMessage("The name must be 100 characters or fewer");
        RuleFor(c => c.Scopes).NotEmpty().WithMessage("Give the client at least one scope");
        RuleForEach(c => c.Scopes).Must(s => Scopes.All.Contains(s, StringComparer.Ordinal))
            .WithMessage((_, s) => $"'{s}' is not a scope; the scopes are {string.Join(", ", Scopes.All)}");
    }
}

internal sealed class CreateApiClientHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<CreateApiClient, CreatedApiClient>
{
    public async Task<CreatedApiClient> Handle(CreateApiClient request, CancellationToken cancellationToken)
    {
        var (client, secret) = ApiClient.Create(request.Name!, request.Scopes, clock.GetUtcNow());
        db.ApiClients.Add(client);
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedApiClient(client.Id, secret);
    }
}
