using Engagement.Access.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>
/// Begins a new engagement with the plan of another: whom to reach, how, and what success means. Nothing of it that was true of the
/// other alone is taken over: its dates, its equality impact assessment, and who leads it.
/// </summary>
/// <param name="Teams">To whom the new one belongs; null for the one team in which its creator may create it.</param>
[RequiresScope("engagements:write", Anywhere = true)]
public sealed record CopyEngagement(EngagementId Id, string Title, IReadOnlyList<TeamId>? Teams = null) : ICommand<EngagementChanged>;

internal sealed class CopyEngagementValidator : AbstractValidator<CopyEngagement>
{
    public CopyEngagementValidator() => RuleFor(c => c.Title).RequiredText("The title", 200, "Enter a title for the new engagement");
}

internal sealed class CopyEngagementHandler(IEngagementsDb db, IMediator mediator) : IRequestHandler<CopyEngagement, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(CopyEngagement request, CancellationToken cancellationToken)
    {
        var source = await db.Engagements.AsNoTracking().Get(request.Id, cancellationToken);
        return await mediator.Send(new CreateEngagement(source.Plan.ForAnother(request.Title), request.Teams), cancellationToken);
    }
}
