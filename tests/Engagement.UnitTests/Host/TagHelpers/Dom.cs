using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Engagement.UnitTests.Host.TagHelpers;

/// <summary>Compares two pieces of HTML by what a browser makes of them: elements, attributes in any order, classes as a set, text without the white space of its source.</summary>
internal static class Dom
{
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase) { "a", "b", "code", "em", "span", "strong" };

    /// <summary>The first difference, with the way to it; null when there is none.</summary>
    public static string? Difference(string expected, string actual) => Difference(Parse(expected), Parse(actual), "");

    public static IElement Parse(string html)
    {
        var document = new HtmlParser().ParseDocument("<!doctype html><title>Test</title><body>" + html);
        return document.Body!;
    }

    private static string? Difference(INode expected, INode actual, string path)
    {
        if (expected is IElement left && actual is IElement right)
        {
            path += "/" + left.LocalName;
            if (left.LocalName != right.LocalName)
            {
                return $"{path}: expected <{left.LocalName}>, found <{right.LocalName}>";
            }

            if (Difference(Attributes(left), Attributes(right)) is { } attributes)
            {
                return $"{path}: {attributes}";
            }

            var (before, after) = (Children(left), Children(right));
            for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
            {
                if (i >= before.Count || i >= after.Count)
                {
                    return $"{path}: {(i >= before.Count ? "unexpected" : "missing")} {Describe(i >= before.Count ? after[i] : before[i])}";
                }

                if (Difference(before[i], after[i], path) is { } difference)
                {
                    return difference;
                }
            }

            return null;
        }

        return (expected is IText && actual is IText ? Text(expected) == Text(actual) : false)
            ? null
            : $"{path}: expected {Describe(expected)}, found {Describe(actual)}";
    }

    private static string? Difference(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual)
    {
        string Written(SortedDictionary<string, string> attributes) => string.Join(" ", attributes.Select(a => $"{a.Key}=\"{a.Value}\""));
        return Written(expected) == Written(actual) ? null : $"expected [{Written(expected)}], found [{Written(actual)}]";
    }

    private static SortedDictionary<string, string> Attributes(IElement element)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in element.Attributes)
        {
            attributes[attribute.Name] = attribute.Name == "class"
                ? string.Join(' ', element.ClassList.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal))
                : attribute.Value;
        }

        return attributes;
    }

    private static List<INode> Children(IElement element) =>
        [.. element.ChildNodes.Where(n => n is IElement || (n is IText && Text(n).Length > 0))];

    /// <summary>White space counts between words and beside an inline element only.</summary>
    private static string Text(INode node)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(
            node.TextContent, "[ \t\r\n]+", " ", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        if (!IsInline(node.PreviousSibling))
        {
            text = text.TrimStart(' ');
        }

        return IsInline(node.NextSibling) ? text : text.TrimEnd(' ');
    }

    private static bool IsInline(INode? node) => node is IElement element && Inline.Contains(element.LocalName);

    private static string Describe(INode node) => node is IElement element ? $"<{element.LocalName}>" : $"\"{Text(node)}\"";
}
