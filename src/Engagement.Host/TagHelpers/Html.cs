using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Makes elements for the tag helpers. Every text and every attribute value is encoded when it is written.</summary>
internal static class Html
{
    public static TagBuilder Element(string name, params string?[] classes)
    {
        var element = new TagBuilder(name);
        var joined = Join(classes);
        return joined is null ? element : element.With("class", joined);
    }

    public static TagBuilder Void(string name, params string?[] classes)
    {
        var element = Element(name, classes);
        element.TagRenderMode = TagRenderMode.SelfClosing;
        return element;
    }

    /// <summary>Sets an attribute; one whose value is null stays away.</summary>
    public static TagBuilder With(this TagBuilder element, string attribute, string? value)
    {
        if (value is not null)
        {
            element.Attributes[attribute] = value;
        }

        return element;
    }

    /// <summary>Sets an attribute that has no value, such as <c>checked</c>.</summary>
    public static TagBuilder With(this TagBuilder element, string attribute, bool present) => element.With(attribute, present ? "" : null);

    /// <summary>Takes over what the page wrote on the tag and the tag helper does not know, such as <c>autocomplete</c>; classes are added.</summary>
    public static TagBuilder With(this TagBuilder element, IEnumerable<TagHelperAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            var value = ValueOf(attribute);
            var both = attribute.Name == "class" ? Join(element.Attributes.GetValueOrDefault("class"), value) : value;
            element.With(attribute.Name, both);
        }

        return element;
    }

    public static TagBuilder Containing(this TagBuilder element, string? text)
    {
        element.InnerHtml.Append(text ?? "");
        return element;
    }

    public static TagBuilder Containing(this TagBuilder element, params IHtmlContent?[] children)
    {
        foreach (var child in children)
        {
            if (child is not null)
            {
                element.InnerHtml.AppendHtml(child);
            }
        }

        return element;
    }

    /// <summary>Puts an element, or several, where the tag was.</summary>
    public static void Become(this TagHelperOutput output, params IHtmlContent?[] contents)
    {
        output.TagName = null;
        output.Content.Clear();
        foreach (var content in contents)
        {
            if (content is not null)
            {
                output.Content.AppendHtml(content);
            }
        }
    }

    /// <summary>Words with single spaces between them, as <c>class</c> and <c>aria-describedby</c> want them; null when there is none.</summary>
    public static string? Join(params string?[] words)
    {
        var present = words.Where(w => !string.IsNullOrEmpty(w)).ToList();
        return present.Count == 0 ? null : string.Join(' ', present);
    }

    /// <summary>The value of an attribute, not encoded: Razor hands over literals encoded and expressions as content.</summary>
    private static string ValueOf(TagHelperAttribute attribute)
    {
        if (attribute.Value is not IHtmlContent content)
        {
            return Convert.ToString(attribute.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        }

        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        content.WriteTo(writer, HtmlEncoder.Default);
        return WebUtility.HtmlDecode(writer.ToString());
    }
}
