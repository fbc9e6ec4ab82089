using Engagement.Access.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Access.Application.Teams;

/// <summary>Gives a team another name or department. What belongs to it stays with it.</summary>
[RequiresScope("administration:write")]
public sealed record ChangeTeam(TeamId Id, string? Name, string? Department, int? Expected = null) : ICommand<Unit>;

internal sealed class ChangeTeamValidator : AbstractValidator<ChangeTeam>
{
    public ChangeTeamValidator()
    {
        RuleFor(c => c.Name).Name("Enter the team's name");
        RuleFor(c => c.Department).Text("Enter the team's department", "The department", 100);
    }
}

internal sealed class ChangeTeamHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<ChangeTeam, Unit>
{
    public async Task<Unit> Handle(ChangeTeam request, CancellationToken cancellationToken)
    {
        var team = await db.Teams.Get(request.Id, cancellationToken);
        team.MustBeAt(request.Expected);
        await db.Teams.NameMustBeFree(request.Name!, team.Id, cancellationToken);
        team.Change(request.Name!, request.Department!, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
