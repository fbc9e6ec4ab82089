using System.Text.Json;

namespace Engagement.UnitTests.Host.TagHelpers;

/// <summary>
/// The option sets with the HTML expected of them that GOV.UK Frontend brings for each component, as npm installed them.
/// A component's test runs every fixture and names, with the reason, those that its tag helper leaves out on purpose.
/// </summary>
internal sealed class Fixtures
{
    private readonly string _component;
    private readonly List<JsonElement> _fixtures;

    private Fixtures(string component, List<JsonElement> fixtures) => (_component, _fixtures) = (component, fixtures);

    public static Fixtures Of(string component)
    {
        var path = Path.Combine(Repository(), "build", "node_modules", "govuk-frontend", "dist", "govuk", "components", component, "fixtures.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return new Fixtures(component, [.. json.RootElement.GetProperty("fixtures").EnumerateArray().Select(f => f.Clone())]);
    }

    /// <param name="supported">The options that the tag helper has, as paths: <c>hint.text</c>, <c>items[].value</c>.</param>
    /// <param name="leftOut">Names of fixtures that are not met, with the reason.</param>
    /// <param name="adapt">What the product does differently on purpose and everywhere, done to the expected HTML.</param>
    public async Task Check(
        string[] supported,
        Dictionary<string, string> leftOut,
        Func<JsonElement, Task<string>> render,
        Func<JsonElement, string, string>? adapt = null)
    {
        var faults = leftOut.Keys.Except(_fixtures.Select(NameOf)).Select(n => $"{n}: left out, but there is no such fixture").ToList();
        var met = 0;
        foreach (var fixture in _fixtures.Where(f => !leftOut.ContainsKey(NameOf(f))))
        {
            var options = fixture.GetProperty("options");
            var unknown = Paths(options, "").Except(supported).ToList();
            if (unknown.Count > 0)
            {
                faults.Add($"{NameOf(fixture)}: neither supported nor left out ({string.Join(", ", unknown)})");
                continue;
            }

            var expected = fixture.GetProperty("html").GetString()!;
            var difference = Dom.Difference(adapt is null ? expected : adapt(options, expected), await render(options));
            if (difference is not null)
            {
                faults.Add($"{NameOf(fixture)}: {difference}");
            }

            met++;
        }

        faults.ShouldBeEmpty($"{_component}, {_fixtures.Count} fixtures");
        met.ShouldBeGreaterThan(0);
    }

    private static string NameOf(JsonElement fixture) => fixture.GetProperty("name").GetString()!;

    private static IEnumerable<string> Paths(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object when !path.EndsWith("attributes", StringComparison.OrdinalIgnoreCase) =>
            value.EnumerateObject().SelectMany(p => Paths(p.Value, path.Length == 0 ? p.Name : path + "." + p.Name)).Distinct(),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(v => Paths(v, path + "[]")).Distinct(),
        _ => [path],
    };

    internal static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Engagement.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>Reads the options of a fixture.</summary>
internal static class Options
{
    public static JsonElement? At(this JsonElement options, string path)
    {
        var value = options;
        foreach (var name in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value;
    }

    public static string? Text(this JsonElement options, string path) => options.At(path) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { } value => value.ToString(),
    };

    public static bool Flag(this JsonElement options, string path) => options.At(path) is { ValueKind: JsonValueKind.True };

    public static int? Number(this JsonElement options, string path) =>
        options.Text(path) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public static IEnumerable<JsonElement> List(this JsonElement options, string path) =>
        options.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The attributes that a page writes on the tag: the classes, those under <c>attributes</c>, and options passed through by their own name.</summary>
    public static Microsoft.AspNetCore.Razor.TagHelpers.TagHelperAttributeList Attributes(this JsonElement options, params string[] passedThrough)
    {
        var attributes = new Dictionary<string, string>();
        if (options.Text("classes") is { } classes)
        {
            attributes["class"] = classes;
        }

        if (options.At("attributes") is { } extra)
        {
            foreach (var attribute in extra.EnumerateObject())
            {
                attributes[attribute.Name] = attribute.Value.ToString();
            }
        }

        foreach (var name in passedThrough)
        {
            switch (options.At(name))
            {
                case { ValueKind: JsonValueKind.True } when name is "disabled" or "multiple":
                    attributes[name] = "";
                    break;
                case { ValueKind: JsonValueKind.True or JsonValueKind.False } flag when name is not ("disabled" or "multiple"):
                    attributes[name] = flag.GetBoolean() ? "true" : "false";
                    break;
                case { ValueKind: JsonValueKind.String or JsonValueKind.Number } value:
                    attributes[name] = value.ToString();
                    break;
            }
        }

        return Rendering.Attributes(attributes);
    }

    /// <summary>The size in a class such as <c>govuk-label--l</c>.</summary>
    public static string? Size(this JsonElement options, string path) => options.Text(path) is { } @class ? @class[(@class.LastIndexOf("--", StringComparison.Ordinal) + 2)..] : null;

    /// <summary>What stands between the tags of the components whose content is free: HTML as it is, text encoded.</summary>
    public static Tag Content(this JsonElement options) => options.Text("html") is { } html ? Tag.OfHtml(html) : Tag.OfText(options.Text("text") ?? "");
}
