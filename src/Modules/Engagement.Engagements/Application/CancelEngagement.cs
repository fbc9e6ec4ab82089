using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>Ends an engagement before the loop is closed; its consultations that have not closed are withdrawn with the same reason.</summary>
[RequiresScope("engagements:write")]
public sealed record CancelEngagement(EngagementId Id, string PublicReason) : ICommand<EngagementChanged>;

internal sealed class CancelEngagementValidator : AbstractValidator<CancelEngagement>
{
    public CancelEngagementValidator() =>
        RuleFor(c => c.PublicReason).RequiredText("The public reason", 1000, "Enter the reason that the public is told");
}

internal sealed class CancelEngagementHandler(IEngagementsDb db, TimeProvider clock) : IRequestHandler<CancelEngagement, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(CancelEngagement request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.Cancel(request.PublicReason, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}
