using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.TagHelpers;

/// <summary>The form controls of a page in the order in which it shows them: the error summary lists and links its errors by them.</summary>
internal sealed class PageFields
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public static PageFields Of(ViewContext context)
    {
        if (context.HttpContext.Items[typeof(PageFields)] is not PageFields fields)
        {
            context.HttpContext.Items[typeof(PageFields)] = fields = new PageFields();
        }

        return fields;
    }

    /// <param name="name">The name by which the model state knows the control.</param>
    /// <param name="id">The element that a link to the control leads to: for several inputs the first of them.</param>
    public void Add(string name, string id)
    {
        if (PlaceOf(name) < 0)
        {
            _fields.Add(new(name, id));
        }
    }

    /// <summary>The place of a control among the page's controls, from 0; -1 when the page has none of that name.</summary>
    public int PlaceOf(string name) => _fields.FindIndex(f => string.Equals(f.Key, name, StringComparison.OrdinalIgnoreCase));

    public string? IdOf(string name) => PlaceOf(name) is var place and >= 0 ? _fields[place].Value : null;
}
