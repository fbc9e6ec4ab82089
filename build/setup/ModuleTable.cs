using System.Xml.Linq;

namespace Engagement.Build;

/// <summary>Which project knows which: a module may know the others' contracts and nothing else of them.</summary>
internal static class ModuleTable
{
    public static string Print()
    {
        var projects = new DirectoryInfo(Path.Combine(Checkout.Root, "src")).EnumerateFiles("*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => ShortName(file.FullName), file => References(file.FullName), StringComparer.Ordinal);
        var width = projects.Keys.Max(name => name.Length) + 2;
        return string.Join('\n', projects
            .OrderBy(project => project.Key, StringComparer.Ordinal)
            .Select(project => project.Key.PadRight(width) + (project.Value.Length == 0 ? "-" : string.Join(", ", project.Value))));
    }

    private static string[] References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference").Select(reference => ShortName(reference.Attribute("Include")!.Value)).Order(StringComparer.Ordinal)];

    private static string ShortName(string project) =>
        Path.GetFileNameWithoutExtension(project.Replace('\\', '/')).Replace("Engagement.", "", StringComparison.Ordinal);
}
