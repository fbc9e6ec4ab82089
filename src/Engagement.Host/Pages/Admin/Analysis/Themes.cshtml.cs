using Engagement.ClosingTheLoop.Application.Analysis;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:read")]
public sealed class ThemesModel(IMediator mediator) : LoopPage(mediator)
{
    public CodingFrame Frame { get; private set; } = null!;

    public IReadOnlyList<PlacedTheme> Placed { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Frame = await Mediator.Send(new ListThemes(Id), cancellationToken);
        Placed = ThemeTree.Of(Frame.Themes);
    }

    /// <summary>Those that became part of another, with what they became.</summary>
    public IEnumerable<(string Name, string Into)> Merged() =>
        Frame.Themes.Where(t => t.MergedInto is not null).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (t.Name, Frame.Themes.Single(o => o.Id == t.MergedInto).Name));
}
