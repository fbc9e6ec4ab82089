using Engagement.Access.Application.Clients;
using Engagement.Platform.Security;
using MediatR;

namespace Engagement.Host.Commands;

internal static class ClientCreateCommand
{
    public static readonly Command Definition = new(
        ["client", "create"],
        "make an API client; its secret is shown once",
        [
            new Option("--name", "NAME", "what the client is called"),
            new Option("--scopes", "\"SCOPE SCOPE\"", $"what it may do, separated by spaces: {string.Join(' ', Scopes.All)}"),
            Database.PostgresOption,
            Database.DataOption,
        ],
        options =>
        {
            var request = new CreateApiClient(options.Required("--name"), options.Required("--scopes").Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return OneOff.RunAsync(options, async (services, cancellationToken) =>
            {
                var created = await services.GetRequiredService<IMediator>().Send(request, cancellationToken);
                await Console.Out.WriteLineAsync($"client_id: {created.Id}");
                await Console.Out.WriteLineAsync($"client_secret: {created.Secret}");
                await Console.Error.WriteLineAsync("Keep the secret now: it is not shown again. Exchange both for a token at POST /api/v1/oauth/token.");
                return 0;
            });
        });
}
