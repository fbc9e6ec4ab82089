using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Writes what stands around the themes: how the outcome begins, and what happens next.</summary>
/// <param name="ExpectedVersion">The loop's version that the caller read.</param>
[RequiresScope("outcomes:write")]
public sealed record IntroduceOutcome(ConsultationId ConsultationId, string Introduction, string? WhatHappensNext, int? ExpectedVersion) : ICommand<int>;

internal sealed class IntroduceOutcomeValidator : AbstractValidator<IntroduceOutcome>
{
    public IntroduceOutcomeValidator()
    {
        RuleFor(c => c.Introduction).IsText("Enter an introduction", "The introduction", TextRules.ParagraphLength);
        RuleFor(c => c.WhatHappensNext).IsNoLongerThan("What happens next", TextRules.ParagraphLength);
    }
}

internal sealed class IntroduceOutcomeHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<IntroduceOutcome, int>
{
    public async Task<int> Handle(IntroduceOutcome request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, request.ExpectedVersion, cancellationToken);
        loop.IntroduceOutcome(request.Introduction, request.WhatHappensNext, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
