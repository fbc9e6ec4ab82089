using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:write")]
public sealed class NewThemeModel(IMediator mediator) : LoopPage(mediator)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    [BindProperty]
    public ThemeId? ParentId { get; set; }

    public CodingFrame Frame { get; private set; } = null!;

    public IEnumerable<SelectListItem> Parents => ThemeTree.Items(Frame.Themes);

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);

        // After its siblings; it can be moved on its own page.
        var position = Frame.Themes.Where(t => t.ParentId == ParentId && t.MergedInto is null).Select(t => t.Position + 1).DefaultIfEmpty(1).Max();
        var sent = await this.SendOrShowErrors(
            Mediator, new AddTheme(Id, Name ?? "", Description ?? "", ParentId, position), cancellationToken, ThemeModel.FieldOf);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done($"“{Name!.Trim()}” is in the coding frame.");
        return Redirect($"{Address}/themes");
    }

    private async Task Load(CancellationToken cancellationToken) => Frame = await Mediator.Send(new ListThemes(Id), cancellationToken);
}
