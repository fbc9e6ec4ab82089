using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Contracts;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Analysis;

/// <summary>A theme in its place below others.</summary>
/// <param name="Depth">0 at the top.</param>
/// <param name="Path">Its name after those of the themes above it, such as <c>Opening hours › Saturdays</c>.</param>
public sealed record PlacedTheme(ThemeRow Theme, int Depth, string Path)
{
    /// <summary>The style that moves it in; deeper than three levels nothing moves further, so that it stays readable on a phone.</summary>
    public string Indent => $"app-indent-{Math.Min(Depth, 3)}";
}

/// <summary>The themes of a coding frame as a tree, laid out in lines.</summary>
public static class ThemeTree
{
    /// <summary>Each below the one it stands under, in the order of their places; merged ones are left out.</summary>
    public static IReadOnlyList<PlacedTheme> Of(IReadOnlyList<ThemeRow> themes)
    {
        var below = themes.Where(t => t.MergedInto is null).OrderBy(t => t.Position).ThenBy(t => t.Name, StringComparer.Ordinal).ToLookup(t => t.ParentId);
        var placed = new List<PlacedTheme>();
        Add(null, 0, "");
        return placed;

        void Add(ThemeId? parent, int depth, string path)
        {
            foreach (var theme in below[parent])
            {
                var own = path.Length == 0 ? theme.Name : $"{path} › {theme.Name}";
                placed.Add(new PlacedTheme(theme, depth, own));
                Add(theme.Id, depth + 1, own);
            }
        }
    }

    /// <summary>To choose one from.</summary>
    /// <param name="except">Leaves out this theme and all below it.</param>
    /// <param name="onlyOffered">Leaves out those that are archived.</param>
    public static IEnumerable<SelectListItem> Items(IReadOnlyList<ThemeRow> themes, ThemeId? except = null, bool onlyOffered = false)
    {
        var parents = themes.ToDictionary(t => t.Id, t => t.ParentId);
        bool IsBelow(ThemeId id)
        {
            for (ThemeId? at = id; at is { } current; at = parents.GetValueOrDefault(current))
            {
                if (current == except)
                {
                    return true;
                }
            }

            return false;
        }

        return Of(themes).Where(t => !IsBelow(t.Theme.Id) && !(onlyOffered && t.Theme.IsArchived)).Select(t => new SelectListItem(t.Path, t.Theme.Id.ToString()));
    }
}
