using Engagement.Access.Application.Officers;
using MediatR;

namespace Engagement.Host.Commands;

internal static class OfficerCreateCommand
{
    public static readonly Command Definition = new(
        ["officer", "create"],
        "make an officer's account; its first password is shown once",
        [
            new Option("--email", "ADDRESS", "the officer's e-mail address, which is the account's name"),
            new Option("--name", "NAME", "the officer's name"),
            new Option("--roles", "\"ROLE ROLE\"", "officer, approver, analyst, moderator, member, auditor or administrator, separated by spaces"),
            Database.PostgresOption,
            Database.DataOption,
        ],
        options =>
        {
            var request = new CreateOfficer(
                options.Required("--email"), options.Required("--name"), options.Required("--roles").Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return OneOff.RunAsync(options, async (services, cancellationToken) =>
            {
                var created = await services.GetRequiredService<IMediator>().Send(request, cancellationToken);
                await Console.Out.WriteLineAsync($"officer: {created.Id}");
                await Console.Out.WriteLineAsync($"password: {created.Password}");
                await Console.Error.WriteLineAsync("Hand the password over now: it is not shown again.");
                return 0;
            });
        });
}
