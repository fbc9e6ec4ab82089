using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Writes the outcome, or its correction. What is missing may follow later: only publication asks for the whole.</summary>
/// <param name="Themes">In the order shown.</param>
/// <param name="ExpectedVersion">The loop's version that the caller read.</param>
[RequiresScope("outcomes:write")]
public sealed record WriteOutcome(
    ConsultationId ConsultationId,
    string Introduction,
    IReadOnlyList<ThemeAnswer> Themes,
    string? WhatHappensNext,
    IReadOnlyList<CommitmentText> Commitments,
    int? ExpectedVersion) : ICommand<int>;

internal sealed class WriteOutcomeValidator : AbstractValidator<WriteOutcome>
{
    public WriteOutcomeValidator()
    {
        RuleFor(c => c.Introduction).IsText("Enter an introduction", "The introduction", TextRules.ParagraphLength);
        RuleFor(c => c.WhatHappensNext).IsNoLongerThan("What happens next", TextRules.ParagraphLength);
        RuleFor(c => c.Themes)
            .Must(t => t.Count <= Loop.MostThemes).WithMessage($"Answer {Loop.MostThemes} themes or fewer")
            .Must(t => t.Select(a => a.ThemeId).Distinct().Count() == t.Count).WithMessage("Answer each theme once");
        RuleForEach(c => c.Themes).SetValidator(new ThemeAnswerValidator());
        RuleFor(c => c.Commitments)
            .Must(p => p.Count <= Loop.MostCommitments).WithMessage($"Make {Loop.MostCommitments} commitments or fewer")
            .Must(p => p.Where(c => c.Id is not null).Select(c => c.Id).Distinct().Count() == p.Count(c => c.Id is not null)).WithMessage("Name each commitment once");
        RuleForEach(c => c.Commitments).SetValidator(new CommitmentTextValidator());
    }
}

internal sealed class WriteOutcomeHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<WriteOutcome, int>
{
    public async Task<int> Handle(WriteOutcome request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, request.ExpectedVersion, cancellationToken);
        loop.DraftOutcome(new OutcomeDraft(request.Introduction, request.Themes, request.WhatHappensNext), request.Commitments, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
