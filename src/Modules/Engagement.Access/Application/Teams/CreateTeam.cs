using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Teams;

[RequiresScope("administration:write")]
public sealed record CreateTeam(string? Name, string? Department) : ICommand<TeamId>;

internal sealed class CreateTeamValidator : AbstractValidator<CreateTeam>
{
    public CreateTeamValidator()
    {
        RuleFor(c => c.Name).Name("Enter the team's name");
        RuleFor(c => c.Department).Text("Enter the team's department", "The department", 100);
    }
}

internal sealed class CreateTeamHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<CreateTeam, TeamId>
{
    public async Task<TeamId> Handle(CreateTeam request, CancellationToken cancellationToken)
    {
        await db.Teams.NameMustBeFree(request.Name!, null, cancellationToken);
        var team = Team.Create(request.Name!, request.Department!, clock.GetUtcNow());
        db.Teams.Add(team);
        await db.SaveChangesAsync(cancellationToken);
        return team.Id;
    }
}

internal static class FoundTeam
{
    /// <exception cref="NotFoundException">There is none with this id.</exception>
    public static async Task<Team> Get(this IQueryable<Team> teams, TeamId id, CancellationToken cancellationToken) =>
        await teams.SingleOrDefaultAsync(t => t.Id == id, cancellationToken) ?? throw new NotFoundException("team");

    /// <exception cref="RuleBrokenException"><c>team-exists</c>.</exception>
    public static async Task NameMustBeFree(this IQueryable<Team> teams, string name, TeamId? except, CancellationToken cancellationToken)
    {
        var taken = await teams.Where(t => t.ClosedAt == null && t.Id != except).Select(t => t.Name).ToListAsync(cancellationToken);
        if (taken.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            throw new RuleBrokenException("team-exists", "There is a team of this name already. Choose another name.");
        }
    }
}
