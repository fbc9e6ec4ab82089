using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Offers a theme no longer to those who code. What was coded with it stays and counts.</summary>
[RequiresScope("outcomes:write")]
public sealed record ArchiveTheme(ConsultationId ConsultationId, ThemeId ThemeId) : ICommand<int>;

internal sealed class ArchiveThemeHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<ArchiveTheme, int>
{
    public async Task<int> Handle(ArchiveTheme request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        loop.ArchiveTheme(request.ThemeId, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
