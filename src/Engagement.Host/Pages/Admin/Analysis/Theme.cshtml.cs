using System.Globalization;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Analysis;

/// <summary>One theme: its words and place, and its end by merging, archiving or deleting.</summary>
[Authorize("outcomes:write")]
public sealed class ThemeModel(IMediator mediator) : LoopPage(mediator)
{
    [FromRoute]
    public ThemeId ThemeId { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    [BindProperty]
    public ThemeId? ParentId { get; set; }

    [BindProperty]
    public string? Position { get; set; }

    [BindProperty]
    public ThemeId? Into { get; set; }

    public CodingFrame Frame { get; private set; } = null!;

    public ThemeRow Theme { get; private set; } = null!;

    public IEnumerable<SelectListItem> Parents => ThemeTree.Items(Frame.Themes, except: ThemeId);

    public IEnumerable<SelectListItem> Others => ThemeTree.Items(Frame.Themes, except: ThemeId, onlyOffered: true);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        (Version, Name, Description, ParentId, Position) =
            (Frame.Version, Theme.Name, Theme.Description, Theme.ParentId, Theme.Position.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!int.TryParse(Position, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            ModelState.AddModelError(nameof(Position), "Enter its place as a whole number, such as 3");
        }

        return await Send(new ChangeTheme(Id, ThemeId, Name ?? "", Description ?? "", ParentId, position, Version), $"“{Name?.Trim()}” is saved.", cancellationToken);
    }

    public async Task<IActionResult> OnPostMergeAsync(CancellationToken cancellationToken)
    {
        if (Into is null)
        {
            ModelState.AddModelError(nameof(Into), "Select the theme that it becomes part of");
        }

        return await Send(new MergeTheme(Id, ThemeId, Into ?? default), "The themes are merged. What was coded with the one counts under the other.", cancellationToken);
    }

    public Task<IActionResult> OnPostArchiveAsync(CancellationToken cancellationToken) =>
        Send(new ArchiveTheme(Id, ThemeId), "The theme is archived. What was coded with it stays and counts.", cancellationToken);

    public Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellationToken) =>
        Send(new DeleteTheme(Id, ThemeId, Version), "The theme is deleted.", cancellationToken);

    /// <summary>Where on the page a refusal belongs.</summary>
    internal static string? FieldOf(string member) => member switch
    {
        "theme-name-taken" => nameof(Name),
        "theme-parent-unknown" or "theme-under-itself" => nameof(ParentId),
        nameof(Name) or nameof(Description) => member,
        _ => null,
    };

    private async Task<IActionResult> Send<T>(IRequest<T> request, string done, CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, request, cancellationToken, FieldOf);
        if (sent.Succeeded)
        {
            this.Done(done);
            return Redirect($"{Address}/themes");
        }

        await Load(cancellationToken);
        Version = GoOnWith(nameof(Version), Version, Frame.Version);
        Name ??= Theme.Name;
        Description ??= Theme.Description;
        Position ??= Theme.Position.ToString(CultureInfo.InvariantCulture);
        return Page();
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Frame = await Mediator.Send(new ListThemes(Id), cancellationToken);
        Theme = Frame.Themes.FirstOrDefault(t => t.Id == ThemeId && t.MergedInto is null) ?? throw new NotFoundException("theme");
    }
}
