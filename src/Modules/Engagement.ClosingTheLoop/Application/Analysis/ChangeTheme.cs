using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Renames, describes or moves a theme.</summary>
/// <param name="ExpectedVersion">The loop's version that the caller read.</param>
[RequiresScope("outcomes:write")]
public sealed record ChangeTheme(
    ConsultationId ConsultationId, ThemeId ThemeId, string Name, string Description, ThemeId? ParentId, int Position, int? ExpectedVersion) : ICommand<int>;

internal sealed class ChangeThemeValidator : AbstractValidator<ChangeTheme>
{
    public ChangeThemeValidator()
    {
        RuleFor(c => c.Name).IsThemeName();
        RuleFor(c => c.Description).IsThemeDescription();
    }
}

internal sealed class ChangeThemeHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<ChangeTheme, int>
{
    public async Task<int> Handle(ChangeTheme request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, request.ExpectedVersion, cancellationToken);
        loop.ChangeTheme(request.ThemeId, new ThemeText(request.Name, request.Description, request.ParentId, request.Position), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
