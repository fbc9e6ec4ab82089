using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Deletes a theme that nothing uses; one in use is archived or merged instead.</summary>
[RequiresScope("outcomes:write")]
public sealed record DeleteTheme(ConsultationId ConsultationId, ThemeId ThemeId, int? ExpectedVersion) : ICommand<int>;

internal sealed class DeleteThemeHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<DeleteTheme, int>
{
    public Task<int> Handle(DeleteTheme request, CancellationToken cancellationToken) => db.InTransaction(
        async () =>
        {
            // Nobody codes with the theme while its uses are counted.
            var loop = await db.LockLoop(request.ConsultationId, request.ExpectedVersion, cancellationToken);
            var uses = await db.Read<int>(
                $"""select count(*)::int as "Value" from closing_the_loop.coded_theme where theme_id = {request.ThemeId.Value}""").SingleAsync(cancellationToken);
            loop.DeleteTheme(request.ThemeId, uses, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            return loop.Version;
        },
        cancellationToken);
}
