using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <param name="ParentId">The theme it stands under; null at the top.</param>
/// <param name="Position">Its place among its siblings, lowest first.</param>
[RequiresScope("outcomes:write")]
public sealed record AddTheme(ConsultationId ConsultationId, string Name, string Description, ThemeId? ParentId, int Position) : ICommand<ThemeAddedResult>;

/// <param name="Version">The loop's ETag.</param>
public sealed record ThemeAddedResult(ThemeId Id, int Version);

internal sealed class AddThemeValidator : AbstractValidator<AddTheme>
{
    public AddThemeValidator()
    {
        RuleFor(c => c.Name).IsThemeName();
        RuleFor(c => c.Description).IsThemeDescription();
    }
}

internal sealed class AddThemeHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<AddTheme, ThemeAddedResult>
{
    public async Task<ThemeAddedResult> Handle(AddTheme request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        var id = loop.AddTheme(new ThemeText(request.Name, request.Description, request.ParentId, request.Position), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new ThemeAddedResult(id, loop.Version);
    }
}

internal static class ThemeRules
{
    public static IRuleBuilderOptions<T, string> IsThemeName<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Enter the name of the theme")
        .MaximumLength(Theme.NameLength).WithMessage($"The name must be {Theme.NameLength} characters or fewer")
        .Must(name => name?.Any(c => c == '|' || char.IsControl(c)) != true).WithMessage("The name must be one line without |, which separates themes in exports");

    public static IRuleBuilderOptions<T, string?> IsThemeDescription<T>(this IRuleBuilder<T, string?> rule) => rule.IsNoLongerThan("The description", Theme.DescriptionLength);
}
