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
    private const int MostCommitments = 100;
    private const int MostQuotations = 20;

    public WriteOutcomeValidator()
    {
        RuleFor(c => c.Introduction).IsText("Enter an introduction", "The introduction", TextRules.ParagraphLength);
        RuleFor(c => c.WhatHappensNext).IsNoLongerThan("What happens next", TextRules.ParagraphLength);
        RuleFor(c => c.Themes)
            .Must(t => t.Count <= Loop.MostThemes).WithMessage($"Answer {Loop.MostThemes} themes or fewer")
            .Must(t => t.Select(a => a.ThemeId).Distinct().Count() == t.Count).WithMessage("Answer each theme once");
        RuleForEach(c => c.Themes).ChildRules(theme =>
        {
            theme.RuleFor(t => t.Asked).IsNoLongerThan("What was asked", TextRules.ParagraphLength);
            theme.RuleFor(t => t.Said).IsNoLongerThan("What people said", TextRules.ParagraphLength);
            theme.RuleFor(t => t.Did).IsNoLongerThan("What was done", TextRules.ParagraphLength);
            theme.RuleFor(t => t.Reason).IsNoLongerThan("The reason", TextRules.ParagraphLength);
            theme.RuleFor(t => t.Quotations).Must(q => q is null || q.Count <= MostQuotations).WithMessage($"Show {MostQuotations} quotations or fewer with a theme");
        });
        RuleFor(c => c.Commitments)
            .Must(p => p.Count <= MostCommitments).WithMessage($"Make {MostCommitments} commitments or fewer")
            .Must(p => p.Where(c => c.Id is not null).Select(c => c.Id).Distinct().Count() == p.Count(c => c.Id is not null)).WithMessage("Name each commitment once");
        RuleForEach(c => c.Commitments).ChildRules(commitment =>
        {
            commitment.RuleFor(c => c.Text).IsText("Enter what is promised", "The commitment", TextRules.ReasonLength);
            commitment.RuleFor(c => c.Owner).IsText("Enter who answers for it", "The owner", TextRules.LineLength);
        });
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
