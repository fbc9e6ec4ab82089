using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>
/// Writes the answer to one theme, as far as it is known. Officers who answer different themes at the same time do not disturb each
/// other; of two who answer the same one, the second is told.
/// </summary>
/// <param name="ExpectedTag">The tag of the answer that the caller read, as <see cref="ThemeToAnswer.Tag"/>.</param>
[RequiresScope("outcomes:write")]
public sealed record AnswerTheme(ConsultationId ConsultationId, ThemeAnswer Answer, string ExpectedTag) : ICommand<int>;

internal sealed class AnswerThemeValidator : AbstractValidator<AnswerTheme>
{
    public AnswerThemeValidator() => RuleFor(c => c.Answer).SetValidator(new ThemeAnswerValidator());
}

/// <summary>The shape of one answer, however it is written.</summary>
internal sealed class ThemeAnswerValidator : AbstractValidator<ThemeAnswer>
{
    private const int MostQuotations = 20;

    public ThemeAnswerValidator()
    {
        RuleFor(t => t.Asked).IsNoLongerThan("What was asked", TextRules.ParagraphLength);
        RuleFor(t => t.Said).IsNoLongerThan("What people said", TextRules.ParagraphLength);
        RuleFor(t => t.Did).IsNoLongerThan("What was done", TextRules.ParagraphLength);
        RuleFor(t => t.Reason).IsNoLongerThan("The reason", TextRules.ParagraphLength);
        RuleFor(t => t.Quotations).Must(q => q is null || q.Count <= MostQuotations).WithMessage($"Show {MostQuotations} quotations or fewer with a theme");
    }
}

internal sealed class AnswerThemeHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<AnswerTheme, int>
{
    public Task<int> Handle(AnswerTheme request, CancellationToken cancellationToken) => db.InTransaction(
        async () =>
        {
            // Whoever answers another theme waits a moment instead of being refused.
            var loop = await db.LockLoop(request.ConsultationId, expected: null, cancellationToken);
            if (ThemeAnswer.TagOf(loop.Draft?.Themes.FirstOrDefault(t => t.ThemeId == request.Answer.ThemeId)) != request.ExpectedTag)
            {
                throw new StaleVersionException(expected: null, loop.Version);
            }

            loop.AnswerTheme(request.Answer, current.Actor, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            return loop.Version;
        },
        cancellationToken);
}
