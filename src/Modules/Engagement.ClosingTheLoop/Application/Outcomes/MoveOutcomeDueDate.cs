using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Promises the outcome for another day. The public sees both dates and the reason.</summary>
[RequiresScope("outcomes:approve")]
public sealed record MoveOutcomeDueDate(ConsultationId ConsultationId, DateOnly DueOn, string PublicReason) : ICommand<int>;

internal sealed class MoveOutcomeDueDateValidator : AbstractValidator<MoveOutcomeDueDate>
{
    public MoveOutcomeDueDateValidator() => RuleFor(c => c.PublicReason).IsReason("Enter why the date is moving; the public will read it");
}

internal sealed class MoveOutcomeDueDateHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<MoveOutcomeDueDate, int>
{
    public async Task<int> Handle(MoveOutcomeDueDate request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        loop.MoveDueDate(request.DueOn, request.PublicReason, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
