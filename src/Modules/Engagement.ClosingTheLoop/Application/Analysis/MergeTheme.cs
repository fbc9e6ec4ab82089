using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Makes one theme part of another. No coding is rewritten: it counts under the other from now on.</summary>
[RequiresScope("outcomes:write")]
public sealed record MergeTheme(ConsultationId ConsultationId, ThemeId ThemeId, ThemeId Into) : ICommand<int>;

internal sealed class MergeThemeHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<MergeTheme, int>
{
    public async Task<int> Handle(MergeTheme request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        loop.MergeTheme(request.ThemeId, request.Into, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
